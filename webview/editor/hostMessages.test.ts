import assert from 'node:assert/strict';
import { unsound } from './hostMessages';
import { defaultState, readState } from './model/savedState';

suite('messages to the page', () => {
  test('sound ones pass', () => {
    assert.equal(unsound({ type: 'regions', width: 2, height: 1, count: 2, ids: Uint16Array.of(0, 1) }), null);
    assert.equal(unsound({ type: 'hierarchy', hierarchy: null, reason: 'no sidecar' }), null);
    assert.equal(unsound({ type: 'mask', mask: null }), null);
    assert.equal(unsound({ type: 'act', action: 'tool.brush' }), null);
    assert.equal(unsound({ type: 'picture', name: 'a.png', mime: 'image/png', bytes: new Uint8Array(3) }), null);
  });

  test('unsound ones are named', () => {
    const bad: [unknown, RegExp][] = [
      [null, /without a type/],
      [{ type: 'paint' }, /unknown type/],
      [{ type: 'regions', width: 2, height: 2, count: 2, ids: Uint16Array.of(0, 1) }, /fit its size/],
      [{ type: 'regions', width: 2, height: 1, count: 1, ids: Uint16Array.of(0, 1) }, /above its count/],
      [
        {
          type: 'hierarchy',
          hierarchy: { count: 2, left: Uint32Array.of(0), right: Uint32Array.of(2), levels: Float32Array.of(0.5) },
        },
        /hierarchy/,
      ],
      [{ type: 'mask', mask: { labelOf: [1] } }, /without labels/],
      [{ type: 'picture', bytes: {} }, /without bytes/],
      [{ type: 'act', action: 'constructor' }, /action/],
    ];
    for (const [message, why] of bad) assert.match(unsound(message) ?? 'sound', why);
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
