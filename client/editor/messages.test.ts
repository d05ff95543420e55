import assert from 'node:assert/strict';
import { parsePageMessage } from './messages';

suite('messages from the page', () => {
  const right = [
    { type: 'ready' },
    { type: 'info' },
    { type: 'compareWith' },
    { type: 'stopComparing' },
    { type: 'segment' },
    { type: 'stop' },
    { type: 'cancel' },
    { type: 'segmentScribbles' },
    { type: 'begin', width: 640, height: 480 },
    { type: 'edit', edit: { kind: 'erase', values: [1] }, id: 7 },
    { type: 'edit', edit: { kind: 'granularity', granularity: 0.25 } },
    { type: 'edit', edit: { kind: 'rename', value: 3, name: 'sky' } },
  ];
  for (const message of right) {
    test(`takes ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parsePageMessage(message), message);
    });
  }

  const wrong: [unknown, RegExp][] = [
    [null, /object/],
    ['ready', /object/],
    [[], /object/],
    [{}, /type/],
    [{ type: 'open', path: '/etc/passwd' }, /type/],
    [{ type: 'ready', more: 1 }, /more/],
    [{ type: 'edit' }, /edit/],
    [{ type: 'edit', edit: null }, /edit/],
    [{ type: 'edit', edit: { kind: 3 } }, /kind/],
  ];
  for (const [message, reason] of wrong) {
    test(`refuses ${JSON.stringify(message)}`, () => {
      assert.throws(() => parsePageMessage(message), reason);
    });
  }
});
