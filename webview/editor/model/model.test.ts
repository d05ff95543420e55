import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pageActions } from '../../../protocol/pageActions';
import { actionOf, keyOf, keys, keyTitle } from './keys';
import { defaultState, readState } from './savedState';
import { areaHistogram, formatBytes, pictureFacts } from './pictureFacts';

interface Manifest {
  contributes: { keybindings: { command: string; key: string }[] };
}

suite('keys of the page', () => {
  test('each has one action', () => {
    assert.equal(new Set(Object.values(keys)).size, Object.keys(keys).length);
    for (const action of pageActions) if (keys[action] !== undefined) assert.equal(actionOf(keys[action]), action);
    assert.equal(actionOf('shift+q'), undefined);
  });

  test('after the prefix they are the commands’ keybindings in VS Code', () => {
    const { keybindings } = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).contributes;
    for (const [action, key] of Object.entries(keys)) {
      assert.equal(
        keybindings.find(({ command }) => command === `labelless.${action}`)?.key,
        `shift+alt+p ${key}`,
        action,
      );
    }
  });

  test('are named as VS Code names them, and for people', () => {
    const press = (key: string, shiftKey = false): string => keyOf({ key, shiftKey });
    assert.deepEqual(
      [press('b'), press('B'), press('B', true), press('Delete'), press('F2'), press('+', true), press('.', true)],
      ['b', 'b', 'shift+b', 'delete', 'f2', '+', '.'],
    );
    assert.deepEqual(['+', 'backspace', 'escape'].map(actionOf), ['view.zoomIn', 'labels.delete', 'labels.deselect']);
    assert.deepEqual(
      (['tool.brush', 'labels.showAll', 'labels.rename', 'labels.delete', 'view.lessOpaque'] as const).map(keyTitle),
      ['B', 'Shift+X', 'F2', 'Delete', ','],
    );
  });
});

suite('kept state of the page', () => {
  test('comes back as it was', () => {
    const state = {
      ...defaultState,
      anchor: { scale: 2, x: 3, y: 4 },
      opacity: 0.2,
      show: 'mask' as const,
      brush: 7,
      hidden: [1, 5],
      isolated: 7,
      regions: 9,
    };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
  });

  test('takes defaults for what is missing or makes no sense', () => {
    assert.deepEqual(readState(undefined), defaultState);
    assert.deepEqual(
      readState({
        anchor: { scale: -1, x: 0, y: 0 },
        opacity: 7,
        outlines: 'yes',
        show: 'all',
        brush: 0,
        hidden: 'all',
        listWidth: 1e9,
      }),
      defaultState,
    );
  });
});

suite('Facts of a picture', () => {
  const size = { width: 6000, height: 4000 };

  test('name size, file, format, pixels and orientation', () => {
    const header = { kind: 'jpeg', ...size, channels: 3, depth: 8, pages: 1, size: 8_300_000, orientation: 6 };
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: 8_300_000, header }), [
      ['Size', '6000 × 4000 (24.0 megapixels)'],
      ['File', '8.3 MB'],
      ['Format', 'JPEG'],
      ['Pixels', '3 channels of 8 bits'],
      ['Orientation', 'turned by 90° to the right (EXIF 6)'],
    ]);
  });

  test('tell what is known alone', () => {
    assert.deepEqual(pictureFacts(size, null).length, 1);
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: 812, header: null }).at(-1), ['File', '812 bytes']);
    const header = { kind: 'tiff', ...size, channels: 1, depth: 16, pages: 3, size: 1 };
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: null, header }).slice(1), [
      ['Format', 'TIFF, 3 pages or frames, of which one is shown'],
      ['Pixels', '1 channel of 16 bits'],
      ['Orientation', 'not given by EXIF'],
    ]);
    assert.equal(formatBytes(34_140), '34.1 kB');
  });
});

suite('The histogram of label areas', () => {
  test('counts each label once, at the edges in the upper bin', () => {
    assert.deepEqual(areaHistogram([9, 10, 29, 30, 31, 299, 0]), [
      { from: 3, to: 10, count: 1 },
      { from: 10, to: 30, count: 2 },
      { from: 30, to: 100, count: 2 },
      { from: 100, to: 300, count: 1 },
    ]);
  });

  test('has empty bins between, none around, and none at all without labels', () => {
    assert.deepEqual(
      areaHistogram([24_000_000, 2]).map(({ count }) => count),
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    );
    assert.deepEqual(areaHistogram([1]), [{ from: 1, to: 3, count: 1 }]);
    assert.deepEqual(areaHistogram([0]), []);
  });
});
