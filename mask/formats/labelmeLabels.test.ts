import assert from 'node:assert/strict';
import type { Paint } from '../shapes/shapes';
import { readLabels } from './readLabels';

const size = { width: 24, height: 18 };
const square = [
  [2, 2],
  [8, 2],
  [8, 8],
  [2, 8],
];
const polygon = { label: 'a', shape_type: 'polygon', points: square, group_id: null, flags: {} };

/** The pixels of each shape, in rows of characters, and what is left out. */
function read(file: object) {
  const { shapes, leftOut } = readLabels(file, '/photos/a.png', size);
  return { found: shapes.map(({ name, fill }) => ({ name, pixels: pixelsOf(fill) })), leftOut };
}

function pixelsOf(fill: (paint: Paint) => void): number[] {
  const pixels = new Set<number>();
  fill((from, to) => {
    for (let p = from; p < to; p++) pixels.add(p);
  });
  return [...pixels].sort((a, b) => a - b);
}

const at = (x: number, y: number) => y * size.width + x;
const squarePixels = Array.from({ length: 36 }, (_, p) => at(2 + (p % 6), 2 + Math.floor(p / 6)));
/** A chessboard of 5×3 pixels, its first one set, as Pillow writes it: of 1 bit, of 8 bits, and in RGB. */
const board = {
  bits: 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADAQAAAABzTfhVAAAADklEQVR4nGNYwRDAsAIABOYBofMZARUAAAAASUVORK5CYII=',
  grey: 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAB+XZokAAAAEklEQVR4nGP4z/Cf4T8DgvgPAEfKB/nMyZ31AAAAAElFTkSuQmCC',
  rgb: 'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAIAAADUVFKvAAAAFklEQVR4nGP4//8/AwMDMomb8///fwA+DhfpgT/lPAAAAABJRU5ErkJggg==',
};

suite('Files of LabelMe', () => {
  test('of any version, with or without the size of the image, have the same shapes', () => {
    const old = { line_color: null, fill_color: null, label: 'a', points: square };
    for (const file of [
      { version: '5.5.0', shapes: [polygon], imageWidth: 24, imageHeight: 18 },
      { version: '5.5.0', shapes: [polygon] },
      { version: '5.5.0', shapes: [polygon], imageWidth: null, imageHeight: null },
      { shapes: [old], lineColor: [0, 255, 0, 128], fillColor: [255, 0, 0, 128], imageData: 'iVBORw0KGgo=' },
      { shapes: [{ ...polygon, shape_type: null }] },
    ])
      assert.deepEqual(read(file), { found: [{ name: 'a', pixels: squarePixels }], leftOut: [] });
    assert.throws(() => read({ shapes: [], imageWidth: 48 }), /its labels are of 48×\? pixels, the image has 24×18/);
  });

  test('four corners of a rectangle, oriented or rotated, are a polygon', () => {
    for (const shape_type of ['rectangle', 'oriented_rectangle', 'rotation'])
      assert.deepEqual(read({ shapes: [{ ...polygon, shape_type, direction: 0.3 }] }), {
        found: [{ name: 'a', pixels: squarePixels }],
        leftOut: [],
      });
    const corners = [square[2], square[0]];
    assert.deepEqual(read({ shapes: [{ ...polygon, shape_type: 'rectangle', points: corners }] }).found, [
      { name: 'a', pixels: squarePixels },
    ]);
    const turned = [
      [10, 2],
      [14, 6],
      [10, 10],
      [6, 6],
    ];
    const { found } = read({ shapes: [{ ...polygon, shape_type: 'rotation', points: turned }] });
    assert.equal(found[0].pixels.length, 32);
    assert.ok(found[0].pixels.includes(at(6, 5)) && !found[0].pixels.includes(at(6, 3)));
  });

  test("a mask lies where LabelMe's converter puts it", () => {
    const points = [
      [10.9, 4],
      [14.2, 6.7],
    ];
    for (const mask of [board.bits, board.grey]) {
      const { found, leftOut } = read({ shapes: [{ label: 'b', shape_type: 'mask', points, mask }] });
      assert.deepEqual(leftOut, []);
      assert.deepEqual(found[0].pixels, [
        ...[10, 12, 14].map(x => at(x, 4)),
        ...[11, 13].map(x => at(x, 5)),
        ...[10, 12, 14].map(x => at(x, 6)),
      ]);
    }
    const outside = [
      [-2, -1],
      [2, 1],
    ];
    const { found } = read({ shapes: [{ label: 'b', shape_type: 'mask', points: outside, mask: board.bits }] });
    assert.deepEqual(found[0].pixels, [at(1, 0), at(0, 1), at(2, 1)]);
  });

  test('lines and points are left out and told, other shapes are used', () => {
    const line = { label: 'road', shape_type: 'linestrip', points: square };
    assert.deepEqual(read({ shapes: [line, polygon, { ...line, label: 'path', shape_type: 'line' }] }), {
      found: [{ name: 'a', pixels: squarePixels }],
      leftOut: ['2 shapes (1 “road”, 3 “path”): lines have no area'],
    });
    assert.deepEqual(read({ shapes: [{ label: 'x', shape_type: 'point', points: [[1, 1]] }] }).leftOut, [
      'shape 1 “x”: points have no area',
    ]);
  });

  test('a shape that cannot be drawn is left out, and told in plain words', () => {
    const corners = [
      [10, 4],
      [14, 6],
    ];
    const mask = { label: 'b', shape_type: 'mask', points: corners, mask: board.bits };
    const cases: [shape: unknown, reason: RegExp][] = [
      [{ ...polygon, label: null }, /^shape 2: without a label$/],
      [{ ...polygon, points: 'none' }, /“a”: without a list of points/],
      [{ ...polygon, points: [[1], [2], [3]] }, /not pairs of numbers/],
      [{ ...polygon, points: [...square, [null, 1]] }, /not pairs of numbers/],
      [{ ...polygon, points: square.slice(2) }, /three corners at least/],
      [{ ...polygon, shape_type: 'rectangle', points: square.slice(1) }, /two or four corners/],
      [{ ...polygon, shape_type: 'circle' }, /a circle has two points/],
      [{ ...polygon, shape_type: 'cuboid' }, /shapes of the type “cuboid” are not read/],
      [{ ...polygon, shape_type: 3 }, /no text/],
      [{ ...mask, mask: null }, /without its mask/],
      [{ ...mask, mask: board.rgb }, /damaged, or no PNG with one value a pixel/],
      [{ ...mask, mask: board.bits.slice(0, 80) }, /damaged/],
      [{ ...mask, points: square.slice(0, 2) }, /the mask has 5×3 pixels, its corners are of 7×1/],
      [null, /without a label/],
    ];
    for (const [shape, reason] of cases) {
      const { found, leftOut } = read({ shapes: [polygon, shape] });
      assert.deepEqual(found, [{ name: 'a', pixels: squarePixels }]);
      assert.equal(leftOut.length, 1);
      assert.match(leftOut[0], reason);
    }
  });
});
