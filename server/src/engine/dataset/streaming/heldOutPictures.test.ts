import assert from 'node:assert/strict';
import path from 'node:path';
import { splitPictures } from './heldOutPictures';

const root = path.resolve('day');
const pictures = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ image: path.join(root, 'camera 1', `${from + n}.png`) }));
const namesOf = (items: readonly { image: string }[]) => items.map(({ image }) => path.basename(image));
const heldOut = (count: number, share: number, at = root) => namesOf(splitPictures(pictures(count), at, share).heldOut);

suite('Pictures held out from training', () => {
  test('every picture is in one of the parts, in order', () => {
    const all = pictures(200);
    const split = splitPictures(all, root, 0.25);
    const chosen = new Set(split.heldOut);
    assert.deepEqual(
      split.heldOut,
      all.filter(item => chosen.has(item)),
    );
    assert.deepEqual(
      split.trained,
      all.filter(item => !chosen.has(item)),
    );
  });

  test('others that are added move none of them', () => {
    const before = splitPictures(pictures(300), root, 0.1);
    const after = splitPictures([...pictures(40, 5000), ...pictures(300)], root, 0.1);
    const now = new Set(namesOf(after.heldOut));
    assert.ok(namesOf(before.heldOut).every(name => now.has(name)));
    assert.ok(namesOf(before.trained).every(name => !now.has(name)));
  });

  test('the same names are held out wherever the folder lies', () => {
    const elsewhere = path.resolve('copy', 'of', 'day');
    const copied = pictures(60).map(({ image }) => ({ image: path.join(elsewhere, path.relative(root, image)) }));
    assert.deepEqual(namesOf(splitPictures(copied, elsewhere, 0.2).heldOut), heldOut(60, 0.2));
  });

  test('by SHA-256 of the path: the first four bytes below the share of their range', () => {
    // printf 'camera 1/N.png' | sha256sum begins with 192921cb, 13d6e494 and 11de7aee for N = 2, 12 and 17. A tenth of
    // the range is 1999999a; the next ones are 1cde4fbd (3) and 1d583f66 (4).
    assert.deepEqual(heldOut(20, 0.1), ['2.png', '12.png', '17.png']);
  });

  test('about the share of them: at least one, a half of it to twice it, and never all', () => {
    for (const share of [0.01, 0.1, 0.3, 0.5])
      for (let count = 5; count <= 120; count++) {
        const { length } = heldOut(count, share);
        assert.ok(length >= Math.max(1, Math.floor((share * count) / 2)), `${count} at ${share}: ${length}`);
        assert.ok(length <= Math.min(Math.ceil(2 * share * count), 0.75 * count), `${count} at ${share}: ${length}`);
      }
    assert.ok(Math.abs(heldOut(4000, 0.1).length - 400) < 60);
  });

  test('none of fewer than five, and none without a share', () => {
    assert.deepEqual([heldOut(4, 0.5), heldOut(100, 0)], [[], []]);
    assert.equal(heldOut(5, 0.1).length, 1);
  });
});
