import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pageActions } from '../../../protocol/pageActions';
import { actionOf, keyOf, keys, keyTitle } from './keys';

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
