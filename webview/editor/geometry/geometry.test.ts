import assert from 'node:assert/strict';
import { columnAt, columnsOver } from './columns';
import {
  fit,
  fromAnchor,
  keepVisible,
  maximumScale,
  pan,
  smallestScale,
  toAnchor,
  toPicture,
  zoomAt,
} from './viewTransform';

const picture = { width: 400, height: 200 };
const viewport = { width: 832, height: 632 };

suite('view transform', () => {
  test('fits the whole picture into the middle, enlarging small ones', () => {
    assert.deepEqual(fit(picture, viewport), { scale: 2, x: 16, y: 116 });
    assert.equal(fit({ width: 1, height: 1 }, viewport).scale, maximumScale);
    assert.ok(fit({ width: 1, height: 5000 }, viewport).scale < 0.13);
  });

  test('zooms to the pointer: the picture point under it stays', () => {
    let view = fit(picture, viewport);
    const before = toPicture(view, 300, 200);
    for (const factor of [1.5, 3, 0.2, 1.1]) view = zoomAt(view, factor, 300, 200, 0.01);
    const after = toPicture(view, 300, 200);
    assert.ok(Math.abs(after.x - before.x) < 1e-9 && Math.abs(after.y - before.y) < 1e-9);
  });

  test("holds the scale within its limits without moving the pointer's point", () => {
    const view = fit(picture, viewport);
    const far = zoomAt(view, 1e6, 100, 150, 0.01);
    assert.equal(far.scale, maximumScale);
    assert.ok(Math.abs(toPicture(far, 100, 150).x - toPicture(view, 100, 150).x) < 1e-9);
    assert.equal(zoomAt(view, 1e-6, 0, 0, smallestScale(picture, viewport)).scale, 1);
  });

  test('never loses the picture by panning', () => {
    const view = keepVisible(pan(fit(picture, viewport), 1e5, -1e5), picture, viewport);
    assert.deepEqual(view, { scale: 2, x: 832 - 48, y: 48 - 400 });
    const still = fit(picture, viewport);
    assert.deepEqual(keepVisible(still, picture, viewport), still);
  });

  test('an anchor keeps the middle of the view when the window changes its size', () => {
    const view = zoomAt(fit(picture, viewport), 2.5, 10, 20, 0.01);
    const smaller = { width: 500, height: 300 };
    const moved = fromAnchor(toAnchor(view, viewport), smaller);
    const before = toPicture(view, viewport.width / 2, viewport.height / 2);
    const after = toPicture(moved, 250, 150);
    assert.ok(Math.abs(before.x - after.x) < 1e-9 && Math.abs(before.y - after.y) < 1e-9);
    assert.equal(moved.scale, view.scale);
  });
});

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
              one => one.width === columns[0]!.width && Number.isInteger(one.left) && Number.isInteger(one.width),
            ),
          );
          assert.deepEqual([columns[0]!.left, ends.at(-1)], [0, width]);
          const between = columns.slice(1).map(({ left }, at) => left - ends[at]!);
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
