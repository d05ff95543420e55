import assert from 'node:assert/strict';
import { sortItems } from './galleryOrder';

suite('The order of results', () => {
  const items = [
    { name: 'b10.png', regions: 5, uncertainty: 0.2 },
    { name: 'b9.png', regions: null, uncertainty: null },
    { name: 'a.png', regions: 40, uncertainty: null },
    { name: 'c.png', regions: 5, uncertainty: 0.4 },
  ];
  const names = (order: Parameters<typeof sortItems>[1]) => sortItems(items, order).map(({ name }) => name);

  test('is by name as people count, or by regions with those last that have none', () => {
    assert.deepEqual(names('name'), ['a.png', 'b9.png', 'b10.png', 'c.png']);
    assert.deepEqual(names('fewest'), ['b10.png', 'c.png', 'a.png', 'b9.png']);
    assert.deepEqual(names('most'), ['a.png', 'b10.png', 'c.png', 'b9.png']);
    assert.equal(items[0]?.name, 'b10.png', 'the list itself stays as it is');
  });

  test('is by uncertainty, then those where it is not known, then those without a mask', () => {
    assert.deepEqual(names('uncertain'), ['c.png', 'b10.png', 'a.png', 'b9.png']);
  });
});
