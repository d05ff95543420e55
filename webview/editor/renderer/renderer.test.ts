import assert from 'node:assert/strict';
import { Visibility } from '../model/selection';
import { groupingOf } from '../regions/grouping';
import { shrinkRegions } from './glLayer';
import { buildLookup } from './lookup';
import { partsOf } from './renderer';
import { shadeOverlay } from './shade';

const regions = { width: 4, height: 2, count: 2, ids: Uint16Array.of(0, 0, 1, 1, 0, 0, 1, 1) };
const label = (value: number, colour: string) => ({
  value,
  name: '',
  colour,
  locked: false,
  area: 4,
  representative: value - 1,
});
const grouping = groupingOf({
  granularity: 1,
  labelOf: Uint16Array.of(1, 2),
  labels: [label(1, '#ff0000'), label(2, '#0000ff')],
  fixed: new Uint8Array(2),
  colours: Uint8Array.of(255, 0, 0, 0, 0, 255),
});
const frame = {
  view: { scale: 1, x: 0, y: 0 },
  opacity: 0.5,
  outlines: false,
  hovered: 0,
  showsLabels: true,
  showsPicture: true,
  highContrast: false,
  comparison: null,
};
const marks = (visibility = new Visibility()) => ({
  visibility,
  selected: new Set<number>(),
  strokes: [],
});
const area = { x: 0, y: 0, width: 4, height: 2 };

suite('drawing', () => {
  test('the lookup table gives each region its colour and group, and none to hidden ones', () => {
    assert.deepEqual([...buildLookup(grouping, marks())], [0xff0000, 1, 0x0000ff, 2]);
    assert.deepEqual([...buildLookup(grouping, marks(new Visibility().toggle(1)))], [0xff0000, 1, 0x0000ff, 0]);
  });

  test('shades each pixel of the screen with its label', () => {
    const pixels = shadeOverlay(area, regions, regions, buildLookup(grouping, marks()), frame);
    assert.deepEqual([...pixels.subarray(0, 4)], [255, 0, 0, 128]);
    assert.deepEqual([...pixels.subarray(28, 32)], [0, 0, 255, 128]);
  });

  test('the lookup table marks selected labels, and knows strokes in work', () => {
    const table = buildLookup(grouping, {
      ...marks(),
      selected: new Set([2]),
      strokes: [{ colour: 0x123456, group: 7 }],
    });
    assert.deepEqual([...table], [0xff0000, 1, 0x0000ff, 0x80000002, 0x123456, 7]);
  });

  test('draws a white line within what is selected, and a dark one around it', () => {
    const wide = { width: 10, height: 1, count: 2, ids: Uint16Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1) };
    const strip = { x: 0, y: 0, width: 10, height: 1 };
    const reds = (table: Uint32Array) => {
      const pixels = shadeOverlay(strip, wide, wide, table, { ...frame, view: { scale: 1, x: 0, y: 0 } });
      return pixels;
    };
    const selected = reds(buildLookup(grouping, { ...marks(), selected: new Set([2]) }));
    assert.deepEqual([...selected.subarray(16, 20)], [0, 0, 0, 255]);
    assert.deepEqual([...selected.subarray(20, 24)], [255, 255, 255, 255]);
  });

  test('leaves hidden labels out and puts outlines between groups', () => {
    const pixels = shadeOverlay(area, regions, regions, buildLookup(grouping, marks(new Visibility().toggle(1))), {
      ...frame,
      outlines: true,
    });
    const alphas = Array.from({ length: 8 }, (_, at) => pixels[4 * at + 3]);
    assert.deepEqual(alphas, [128, 255, 0, 0, 128, 255, 0, 0]);
  });

  test('draws a smaller map over the whole picture', () => {
    const half = { width: 2, height: 1, count: 2, ids: Uint16Array.of(0, 1) };
    const pixels = shadeOverlay(area, regions, half, buildLookup(grouping, marks()), frame);
    assert.deepEqual(
      [0, 1, 2, 3].map(x => pixels[4 * x]),
      [255, 255, 0, 0],
    );
  });

  test('shrinks maps that no texture can hold, and no others', () => {
    assert.equal(shrinkRegions(regions, 4), regions);
    const { width, height, ids } = shrinkRegions(regions, 2);
    assert.deepEqual([width, height, ...ids], [2, 1, 0, 1]);
  });

  test('divides a frame at the split; the compared side is never hovered, and without labels a picture', () => {
    assert.deepEqual(partsOf({ ...frame, hovered: 3 }, 100, true), [
      { from: 0, to: 100, isCompared: false, frame: { ...frame, hovered: 3 } },
    ]);
    const looks = { ...frame, hovered: 3, comparison: { split: 29.6 }, showsPicture: false };
    assert.deepEqual(partsOf(looks, 100, false), [
      { from: 0, to: 30, isCompared: true, frame: { ...looks, hovered: 0, showsLabels: false, showsPicture: true } },
      { from: 30, to: 100, isCompared: false, frame: looks },
    ]);
    assert.deepEqual(
      partsOf({ ...frame, comparison: { split: -5 } }, 100, true).map(({ isCompared }) => isCompared),
      [false],
    );
    assert.deepEqual(
      partsOf({ ...frame, comparison: { split: 200 } }, 100, true).map(({ from, to, isCompared }) => [
        from,
        to,
        isCompared,
      ]),
      [[0, 100, true]],
    );
  });

  test('draws columns with the picture at one place in each: the picture, what is compared with, the mask', () => {
    const columns = [
      { left: 0, width: 30 },
      { left: 35, width: 30 },
      { left: 70, width: 30 },
    ];
    const looks = {
      ...frame,
      view: { scale: 2, x: -3.25, y: 4 },
      hovered: 3,
      comparison: { columns },
      showsPicture: false,
    };
    const parts = partsOf(looks, 100, true);
    assert.deepEqual(
      parts.map(({ from, to, isCompared }) => [from, to, isCompared]),
      [
        [0, 30, false],
        [35, 65, true],
        [70, 100, false],
      ],
    );
    assert.deepEqual(
      parts.map(({ frame: { view } }) => view),
      [-3.25, 31.75, 66.75].map(x => ({ scale: 2, x, y: 4 })),
    );
    assert.deepEqual(
      parts.map(({ frame: { showsLabels: showsLabels, showsPicture: showsPicture, hovered } }) => [
        showsLabels,
        showsPicture,
        hovered,
      ]),
      [
        [false, true, 0],
        [true, false, 0],
        [true, false, 3],
      ],
    );
    const two = partsOf({ ...looks, comparison: { columns: columns.slice(1) } }, 100, false);
    assert.deepEqual(
      two.map(({ from, isCompared, frame: { showsLabels: showsLabels, showsPicture: showsPicture } }) => [
        from,
        isCompared,
        showsLabels,
        showsPicture,
      ]),
      [
        [35, true, false, true],
        [70, false, true, false],
      ],
    );
  });
});
