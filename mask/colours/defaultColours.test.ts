import assert from 'node:assert/strict';
import { neighboursOf } from '../regions/connectivity';
import { difference, fromHex, toHex } from './colour';
import { cut } from '../regions/cut';
import { orient } from '../regions/hierarchy';
import { defaultColours, palette } from './defaultColours';
import { randomHierarchy, randomRegions, seeded, sides } from '../testing/randomMasks';

suite('Colours', () => {
  test('of the palette are 20 or more, distinct also to red-green-deficient sight, and none is near background', () => {
    assert.ok(palette.length >= 20);
    for (const [i, a] of palette.entries()) {
      assert.ok(difference(fromHex(a), [0, 0, 0]) > 0.25, `${a} is near black`);
      for (const b of palette.slice(0, i)) assert.ok(difference(fromHex(a), fromHex(b)) > 0.05, `${a} and ${b}`);
    }
  });

  test('difference knows black from white, and less of red from green where green cones are missing', () => {
    assert.ok(Math.abs(difference([0, 0, 0], [255, 255, 255]) - 1) < 0.01);
    assert.equal(difference([10, 20, 30], [10, 20, 30]), 0);
    assert.ok(difference([200, 80, 60], [120, 130, 50]) < difference([200, 80, 60], [60, 80, 200]));
  });

  test('are written and read as #rrggbb', () => {
    assert.equal(toHex([0, 10, 255]), '#000aff');
    assert.deepEqual(fromHex('#000AFF'), [0, 10, 255]);
    for (const text of ['', '#fff', 'red', '#12345g', '#1234567']) assert.throws(() => fromHex(text), /#rrggbb/);
  });
});

suite('Default colours', () => {
  const regions = randomRegions(seeded(5), 60, 60, 150);
  const hierarchy = orient(randomHierarchy(seeded(6), regions), regions);

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
          assert.ok(difference(fromHex(one), fromHex(other)) > 0.1, `${one} touches ${other} at ${step / 20}`);
        }
      }
    }
  });

  test('are the same each time, and stay with their regions from preview to preview', () => {
    const first = defaultColours(regions, hierarchy);
    assert.deepEqual(defaultColours(regions, hierarchy), first);
    const next = orient(randomHierarchy(seeded(7), regions), regions);
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
