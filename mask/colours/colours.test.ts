import assert from 'node:assert/strict';
import { neighboursOf } from '../regions/connectivity';
import { differencesAmong, fromHex, toHex, type Rgb } from './colour';
import { cut, granularityForCount } from '../regions/cut';
import { largerChildrenLeft } from '../regions/hierarchy';
import { defaultColours } from './defaultColours';
import { palette } from './palettes';
import { randomHierarchy, randomRegions, seeded, sides } from '../testing/randomMasks';
import { parseLabelNames } from './namedColours';

/** The least difference between two of some colours: ΔE in CIELAB (1976). */
function leastLabDifference(colours: readonly string[]): number {
  const points = colours.map(colour => toLab(fromHex(colour)));
  const differences = points.flatMap((a, i) => points.slice(0, i).map(b => Math.hypot(...a.map((x, at) => x - b[at]))));
  return Math.min(...differences);
}

/** CIELAB of an sRGB colour, under D65. */
function toLab(rgb: Rgb): number[] {
  const [r, g, b] = rgb.map(value => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const [x, y, z] = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ].map(value => (value > 216 / 24389 ? Math.cbrt(value) : (841 / 108) * value + 4 / 29));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const colourDifference = (a: Rgb, b: Rgb): number => differencesAmong([a, b])[0][1];

suite('Colours', () => {
  test('of the palette are 20 or more, distinct also to red-green-deficient sight, and none is near background', () => {
    assert.ok(palette.length >= 20);
    for (const [i, a] of palette.entries()) {
      assert.ok(colourDifference(fromHex(a), [0, 0, 0]) > 0.25, `${a} is near black`);
      for (const b of palette.slice(0, i))
        assert.ok(colourDifference(fromHex(a), fromHex(b)) > (i < 48 ? 0.05 : 0.03), `${a} and ${b}`);
    }
    for (const [count, least] of [
      [8, 26],
      [24, 18],
      [48, 16],
      [96, 10],
    ])
      assert.ok(leastLabDifference(palette.slice(0, count)) > least, `the first ${count}`);
  });

  test('difference knows black from white, and less of red from green where green cones are missing', () => {
    assert.ok(Math.abs(colourDifference([0, 0, 0], [255, 255, 255]) - 1) < 0.01);
    assert.equal(colourDifference([10, 20, 30], [10, 20, 30]), 0);
    assert.ok(colourDifference([200, 80, 60], [120, 130, 50]) < colourDifference([200, 80, 60], [60, 80, 200]));
  });

  test('are written and read as #rrggbb', () => {
    assert.equal(toHex([0, 10, 255]), '#000aff');
    assert.deepEqual(fromHex('#000AFF'), [0, 10, 255]);
    for (const text of ['', '#fff', 'red', '#12345g', '#1234567']) assert.throws(() => fromHex(text), /#rrggbb/);
  });
});

suite('Default colours', () => {
  const regions = randomRegions(seeded(5), 60, 60, 150);
  const hierarchy = largerChildrenLeft(randomHierarchy(seeded(6), regions), regions);

  test('tell neighbours apart at every cut', () => {
    const colours = defaultColours(regions, hierarchy);
    for (let step = 0; step <= 20; step++) {
      const { labelOf, representative } = cut(hierarchy, step / 20);
      const { ids, width, height } = regions;
      for (let p = 0; p < ids.length; p++) {
        for (const q of sides(p, width, height)) {
          const [a, b] = [labelOf[ids[p]], labelOf[ids[q]]];
          if (a === b) continue;
          const [one, other] = [palette[colours[representative[a - 1]]], palette[colours[representative[b - 1]]]];
          assert.ok(colourDifference(fromHex(one), fromHex(other)) > 0.1, `${one} touches ${other} at ${step / 20}`);
        }
      }
    }
  });

  for (const [count, least] of [
    [8, 26],
    [13, 18],
    [24, 16],
    [60, 10],
  ]) {
    test(`of the ${count} labels of a picture are ${count}, different to the eye`, () => {
      for (let seed = 1; seed <= 6; seed++) {
        const map = seed < 4 ? regions : randomRegions(seeded(seed), 40, 40, 400);
        const merges = largerChildrenLeft(randomHierarchy(seeded(10 + seed), map), map);
        const tree = { ...merges, levels: merges.levels.map((_, k) => 1 - k / map.count) }; // every count is possible
        const colours = defaultColours(map, tree);
        const labels = cut(tree, granularityForCount(tree, count));
        assert.equal(labels.count, count);
        const shown = new Set(Array.from(labels.representative, region => palette[colours[region]]));
        assert.equal(shown.size, count);
        const difference = leastLabDifference([...shown]);
        assert.ok(difference > least, `${difference}`);
        if (count <= 8) assert.deepEqual(shown, new Set(palette.slice(0, count)), 'those safe for colour-blind eyes');
      }
    });
  }

  test('of more labels than there are colours differ between neighbours, and are used evenly', () => {
    const map = randomRegions(seeded(8), 80, 80, 900);
    const tree = largerChildrenLeft(randomHierarchy(seeded(9), map), map);
    const colours = defaultColours(map, tree);
    const { offsets, targets } = neighboursOf(map);
    for (let region = 0; region < map.count; region++)
      for (let i = offsets[region]; i < offsets[region + 1]; i++) assert.notEqual(colours[region], colours[targets[i]]);
    const uses = palette.map((_, colour) => colours.filter(one => one === colour).length);
    assert.ok(Math.max(...uses) <= 3 * (map.count / palette.length), `${uses.join()}`);
  });

  test('are the same each time, and stay with their regions from preview to preview', () => {
    const first = defaultColours(regions, hierarchy);
    assert.deepEqual(defaultColours(regions, hierarchy), first);
    const next = largerChildrenLeft(randomHierarchy(seeded(7), regions), regions);
    const kept = (colours: Uint8Array) => colours.filter((colour, region) => colour === first[region]).length;
    assert.ok(kept(defaultColours(regions, next, first)) > 75, 'most are kept');
    assert.ok(kept(defaultColours(regions, next)) < 75, 'which is not by chance');
  });

  test('of a mask without hierarchy differ between neighbours', () => {
    const colours = defaultColours(regions, null);
    const { offsets, targets } = neighboursOf(regions);
    for (let region = 0; region < regions.count; region++) {
      assert.ok(offsets[region + 1] > offsets[region]);
      for (let i = offsets[region]; i < offsets[region + 1]; i++) assert.notEqual(colours[region], colours[targets[i]]);
    }
  });
});

suite('Names from the settings', () => {
  test('are names with colours of their own or of the palette', () => {
    assert.deepEqual(parseLabelNames(['sky #87CEEB', ' road ', 'traffic light']), [
      { name: 'sky', colour: '#87ceeb' },
      { name: 'road', colour: palette[1] },
      { name: 'traffic light', colour: palette[2] },
    ]);
  });

  test('leave out what is no name, and what is there already', () => {
    for (const none of [undefined, null, 'sky', 7, {}, [1, null, {}, '', '  ', 'x'.repeat(201)]])
      assert.deepEqual(parseLabelNames(none), []);
    assert.deepEqual(
      parseLabelNames(['a', 'b', 'a #ffffff']).map(one => one.name),
      ['a', 'b'],
    );
    assert.equal(parseLabelNames(Array.from({ length: 5000 }, (_, i) => `label ${i}`)).length, 1000);
    assert.equal(parseLabelNames(['#ffffff'])[0].name, '#ffffff');
  });
});
