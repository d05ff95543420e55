import assert from 'node:assert/strict';
import { sizeWithin, trainingMemory } from './trainingMemory';

const published = { width: 481, height: 321, channels: 100, blocks: 2, continuity: true };

suite('trainingMemory', () => {
  test('is near the measured peak at 481×321', () => {
    const megabytes = trainingMemory(published);
    assert.ok(megabytes > 2400 && megabytes < 2900, `${megabytes} MB`);
  });
});

suite('sizeWithin', () => {
  test('keeps what fits', () => assert.deepEqual(sizeWithin(3000, published), { width: 481, height: 321 }));

  test('reduces what does not, in proportion, and not further than needed', () => {
    const size = sizeWithin(800, published);
    const megabytes = trainingMemory({ ...published, ...size });
    assert.ok(megabytes <= 800 && megabytes > 760, `${megabytes} MB`);
    assert.ok(Math.abs(size.width / size.height - 481 / 321) < 0.02);
  });

  test('comes to an end below what any training needs', () =>
    assert.deepEqual(sizeWithin(1, { ...published, width: 1, height: 900 }).width, 1));
});
