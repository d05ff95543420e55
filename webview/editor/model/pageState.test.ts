import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pageActions } from '../../../protocol/pageActions';
import { actionOf, keyOf, keys, keyTitle } from './keys';
import { defaultState, readState } from './savedState';

interface Manifest {
  contributes: { keybindings: { command: string; key: string }[] };
}

suite('keys of the page', () => {
  test('each has one action', () => {
    assert.equal(new Set(Object.values(keys)).size, Object.keys(keys).length);
    for (const action of pageActions) if (keys[action] !== undefined) assert.equal(actionOf(keys[action]), action);
    assert.equal(actionOf('q'), undefined);
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
