import assert from 'node:assert/strict';
import { invalidReason } from './hostMessages';

suite('messages to the page', () => {
  test('sound ones pass', () => {
    assert.equal(invalidReason({ type: 'regions', width: 2, height: 1, count: 2, ids: Uint16Array.of(0, 1) }), null);
    assert.equal(invalidReason({ type: 'hierarchy', hierarchy: null, reason: 'no sidecar' }), null);
    assert.equal(invalidReason({ type: 'mask', mask: null }), null);
    assert.equal(invalidReason({ type: 'display', display: null }), null);
    assert.equal(invalidReason({ type: 'act', action: 'tool.brush' }), null);
    assert.equal(invalidReason({ type: 'picture', name: 'a.png', mime: 'image/png', bytes: new Uint8Array(3) }), null);
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
    for (const [message, why] of bad) assert.match(invalidReason(message) ?? 'sound', why);
  });
});
