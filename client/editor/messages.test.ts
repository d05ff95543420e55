import assert from 'node:assert/strict';
import { parsePageMessage } from './messages';

suite('messages from the page', () => {
  const right = [
    { type: 'ready' }, { type: 'segment' }, { type: 'stop' }, { type: 'cancel' },
    { type: 'edit', edit: { kind: 'granularity', granularity: 0.25 } },
    { type: 'edit', edit: { kind: 'rename', value: 3, name: 'sky' } },
    { type: 'edit', edit: { kind: 'recolour', value: 65535, colour: '#00FF7f' } },
    { type: 'edit', edit: { kind: 'lock', value: 1, locked: true } },
  ];
  for (const message of right) {
    test(`takes ${JSON.stringify(message)}`, () => { assert.deepEqual(parsePageMessage(message), message); });
  }

  const wrong: [unknown, RegExp][] = [
    [null, /object/], ['ready', /object/], [{}, /type/], [{ type: 'open', path: '/etc/passwd' }, /type/],
    [{ type: 'ready', more: 1 }, /more/],
    [{ type: 'edit' }, /edit/], [{ type: 'edit', edit: { kind: 'granularity', granularity: 1.1 } }, /granularity/],
    [{ type: 'edit', edit: { kind: 'granularity', granularity: Number.NaN } }, /granularity/],
    [{ type: 'edit', edit: { kind: 'rename', value: 0, name: 'background' } }, /value/],
    [{ type: 'edit', edit: { kind: 'rename', value: 1.5, name: 'half' } }, /value/],
    [{ type: 'edit', edit: { kind: 'rename', value: 1, name: 'x'.repeat(201) } }, /name/],
    [{ type: 'edit', edit: { kind: 'recolour', value: 1, colour: 'red' } }, /colour/],
    [{ type: 'edit', edit: { kind: 'lock', value: 1, locked: 'yes' } }, /locked/],
  ];
  for (const [message, reason] of wrong) {
    test(`refuses ${JSON.stringify(message)?.slice(0, 80)}`, () => { assert.throws(() => parsePageMessage(message), reason); });
  }
});
