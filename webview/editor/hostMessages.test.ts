import assert from 'node:assert/strict';
import { packMap } from '../../mask/regions/packedMap';
import { receiveMessage } from './hostMessages';

suite('messages to the page', () => {
  test('sound ones pass', () => {
    const map = { width: 2, height: 1, count: 2, ids: Uint16Array.of(0, 1) };
    assert.deepEqual(receiveMessage({ type: 'regions', ...packMap(map) }), { type: 'regions', ...map });
    assert.equal(typeof receiveMessage({ type: 'hierarchy', hierarchy: null, reason: 'no sidecar' }), 'object');
    assert.equal(typeof receiveMessage({ type: 'mask', mask: null }), 'object');
    assert.equal(typeof receiveMessage({ type: 'display', display: null }), 'object');
    assert.equal(typeof receiveMessage({ type: 'act', action: 'tool.brush' }), 'object');
    assert.equal(
      typeof receiveMessage({ type: 'picture', name: 'a.png', mime: 'image/png', bytes: new Uint8Array(3) }),
      'object',
    );
  });

  test('unsound ones are named', () => {
    const bad: [unknown, RegExp][] = [
      [null, /without a type/],
      [{ type: 'paint' }, /unknown type/],
      [{ type: 'regions', width: 2, height: 1, count: 2, runs: [3, 0] }, /without a size or pixels/],
      [{ type: 'regions', width: 0.5, height: 2, count: 1, runs: Uint8Array.of(3, 0) }, /without a size or pixels/],
      [{ type: 'regions', width: 2, height: 2, count: 2, runs: Uint8Array.of(3, 0) }, /fewer pixels/],
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
    for (const [message, why] of bad) assert.match(JSON.stringify(receiveMessage(message)), why);
  });
});
