import assert from 'node:assert/strict';
import { previewArea, shadePreview } from './regionPreview';

/** A map of 6 × 5 pixels with region 1 in its middle and region 2 in a corner. */
const regions = {
  width: 6,
  height: 5,
  count: 3,
  ids: Uint16Array.from(
    [
      [2, 0, 0, 0, 0, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 0, 0, 0, 0, 0],
    ].flat(),
  ),
};
const middle = { inside: Uint8Array.of(0, 1, 0), box: { left: 1, top: 1, right: 5, bottom: 4 }, colour: 0x102030 };
const screen = { x: 0, y: 0, width: 100, height: 100 };

/** One character a pixel: `#` coloured, `+` light line, `-` dark line, `:` striped, space nothing. */
function drawn(
  preview: typeof middle | { inside: Uint8Array; box: typeof middle.box; colour: null },
  scale = 1,
): string[] {
  const view = { scale, x: 0.3, y: -0.2 };
  const area = previewArea(preview, regions, regions, view, screen)!;
  const pixels = shadePreview(preview, area, regions, regions, view, 1);
  const rows = Array.from({ length: area.height }, () => '');
  for (let p = 0; p < pixels.length; p += 4) {
    const [red, , , alpha] = pixels.subarray(p, p + 4);
    rows[Math.floor(p / 4 / area.width)] +=
      alpha === 0 ? ' ' : alpha === 255 ? '+' : alpha === 128 && red === 0x10 ? '#' : alpha === 96 ? ':' : '-';
  }
  return rows;
}

suite('a preview of regions', () => {
  test('is coloured, with a light line within its border and a dark one around it', () => {
    assert.deepEqual(drawn(middle), [' ---- ', '-++++-', '-+##+-', '-++++-', ' ---- ']);
  });

  test('is striped where regions are given back, and ends at the edge of the picture', () => {
    assert.deepEqual(drawn({ ...middle, colour: null }), [' ---- ', '-++++-', '-+::+-', '-++++-', ' ---- ']);
    const corner = { inside: Uint8Array.of(0, 0, 1), box: { left: 0, top: 0, right: 1, bottom: 1 }, colour: 0x102030 };
    assert.deepEqual(drawn(corner), ['+-', '- ']);
    assert.deepEqual(drawn(corner, 3), ['+++-', '+#+-', '+++-', '--- ']);
  });

  test('is drawn on no more of the screen than it covers in sight', () => {
    const view = { scale: 2, x: 10, y: 20 };
    const within = (x: number, width: number) => previewArea(middle, regions, regions, view, { ...screen, x, width });
    assert.deepEqual(within(0, 100), { x: 11, y: 21, width: 10, height: 8 });
    assert.deepEqual(within(15, 3), { x: 15, y: 21, width: 3, height: 8 });
    assert.equal(within(40, 10), null);
  });
});
