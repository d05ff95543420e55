import assert from 'node:assert/strict';
import { below, randomHierarchy, randomRegions, seeded } from '../testing/randomMasks';
import { OfferChoice } from './offerChoice';
import { type Offer, offersAt } from './offers';

suite('the choice of what is offered at a place', () => {
  const random = seeded(3);
  const regions = randomRegions(random, 40, 30, 60);
  const hierarchy = randomHierarchy(random, regions);
  const nothing = () => null;

  test('is kept while the place moves within it, also at a size that was chosen', () => {
    const choice = new OfferChoice();
    const tree = choice.treeOf(hierarchy, regions);
    for (let move = 0; move < 300; move++) {
      const before = choice.offer;
      const region = below(random, 60);
      choice.moveTo(tree, region, nothing);
      assert.ok(choice.offer?.regions.includes(region));
      if (before?.regions.includes(region)) assert.equal(choice.offer, before);
      const { number, count } = choice.level!;
      assert.equal(count, offersAt(tree, region).length);
      const steps = below(random, 5) - 2;
      choice.step(steps);
      const stepped: Offer | null = choice.offer;
      assert.ok(stepped?.regions.includes(region));
      assert.ok(steps <= 0 || choice.level!.number >= number);
      assert.ok(steps >= 0 || choice.level!.number <= number);
    }
  });

  test('goes through all sizes, and ends at the smallest and at the whole picture', () => {
    const choice = new OfferChoice();
    const tree = choice.treeOf(hierarchy, regions);
    choice.moveTo(tree, 5, nothing);
    choice.step(-1000);
    const offers = offersAt(tree, 5);
    for (const [k, { area }] of offers.entries()) {
      assert.deepEqual([choice.offer!.area, choice.level!.number], [area, k + 1]);
      choice.step(1);
    }
    assert.equal(choice.offer!.area, 1200);
  });

  test('is none at painted pixels, and stays after an edit that leaves the hierarchy', () => {
    const choice = new OfferChoice();
    choice.moveTo(choice.treeOf(hierarchy, regions), 7, nothing);
    choice.step(1);
    const { offer } = choice;
    choice.moveTo(choice.treeOf(hierarchy, { ...regions, count: 61 }), 7, nothing);
    assert.equal(choice.offer, offer);
    choice.moveTo(choice.treeOf(hierarchy, { ...regions, count: 61 }), 60, nothing);
    assert.deepEqual([choice.offer, choice.level], [null, null]);
    choice.step(1);
    assert.equal(choice.offer, null);
  });

  test('is made anew at the next place once what was offered has been taken', () => {
    const choice = new OfferChoice();
    const tree = choice.treeOf(hierarchy, regions);
    choice.moveTo(tree, 7, nothing);
    choice.step(1000);
    const whole = choice.offer;
    choice.handleAction();
    choice.moveTo(tree, 7, nothing);
    assert.equal(choice.offer, whole);
    const asked: number[] = [];
    choice.moveTo(tree, 8, region => {
      asked.push(region);
      return null;
    });
    assert.deepEqual(asked, [8]);
    assert.notEqual(choice.offer, whole);
  });
});
