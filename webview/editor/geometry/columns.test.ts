import assert from 'node:assert/strict';
import { columnAt, columnsOver } from './columns';

suite('columns of a comparison', () => {
  test('one is the whole screen', () => {
    assert.deepEqual(columnsOver(801, 1, 5), [{ left: 0, width: 801 }]);
  });

  test('are of one width and fill the screen but for the gaps between them, whatever its size', () => {
    assert.deepEqual(columnsOver(805, 2, 5), [
      { left: 0, width: 400 },
      { left: 405, width: 400 },
    ]);
    for (const count of [2, 3]) {
      for (let width = 300; width < 330; width++) {
        for (const gap of [5, 10]) {
          const columns = columnsOver(width, count, gap);
          const ends = columns.map(({ left, width: each }) => left + each);
          assert.ok(
            columns.every(
              one => one.width === columns[0].width && Number.isInteger(one.left) && Number.isInteger(one.width),
            ),
          );
          assert.deepEqual([columns[0].left, ends.at(-1)], [0, width]);
          const between = columns.slice(1).map(({ left }, at) => left - ends[at]);
          assert.ok(
            between.every(one => one >= gap && one <= gap + 2),
            `${between.join()} at ${width}`,
          );
        }
      }
    }
  });

  test('have a pixel each where the screen has none for them', () => {
    assert.deepEqual(
      columnsOver(1, 3, 5).map(({ width }) => width),
      [1, 1, 1],
    );
  });

  test('are told by a position, also between them and beside the screen', () => {
    const columns = columnsOver(310, 3, 5);
    assert.deepEqual(
      [-4, 0, 99, 102, 105, 209, 210, 400].map(x => columns.indexOf(columnAt(columns, x))),
      [0, 0, 0, 0, 1, 1, 2, 2],
    );
  });
});
