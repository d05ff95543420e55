import assert from 'node:assert/strict';
import type { MaskStatus } from '../document/maskStatus';
import { countByStatus, listed, sortByPath, wholeList, type ListView, type SessionImage } from './imageList';
import { imageBefore, imagesBehind } from './series';
import { imagesAhead, placeOf, stepFrom, type Step } from './steps';

const image = (
  path: string,
  status: MaskStatus,
  uncertainty: number | null = null,
  classes: number[] = [],
): SessionImage => ({ path, status, labels: status === 'none' ? 0 : path.length, classes, uncertainty });

const images = sortByPath([
  image('b10.jpg', 'edited', 0.2, [1, 2]),
  image('b9.jpg', 'approved', 0.5, [1]),
  image('a.jpg', 'none'),
  image('sub/C.jpg', 'proposed', 0.4, [3]),
  image('d.jpg', 'skipped', 0.9),
  image('e.jpg', 'none'),
]);
const pathAt = (index: number | undefined) => (index === undefined ? undefined : images[index].path);
const at = (path: string) => images.findIndex(one => one.path === path);
const shown = (view: Partial<ListView>) => listed(images, { ...wholeList, ...view }).map(pathAt);

suite("A session's list", () => {
  test('is by name as people count, by status, or by uncertainty with what is not known last', () => {
    assert.deepEqual(shown({}), ['a.jpg', 'b9.jpg', 'b10.jpg', 'd.jpg', 'e.jpg', 'sub/C.jpg']);
    assert.deepEqual(shown({ order: 'status' }), ['a.jpg', 'e.jpg', 'sub/C.jpg', 'b10.jpg', 'b9.jpg', 'd.jpg']);
    assert.deepEqual(shown({ order: 'uncertainty' }), ['d.jpg', 'b9.jpg', 'sub/C.jpg', 'b10.jpg', 'a.jpg', 'e.jpg']);
  });

  test('is by the number of labels, images without a mask last', () => {
    assert.deepEqual(shown({ order: 'fewest' }), ['d.jpg', 'b9.jpg', 'b10.jpg', 'sub/C.jpg', 'a.jpg', 'e.jpg']);
    assert.deepEqual(shown({ order: 'most' }), ['sub/C.jpg', 'b10.jpg', 'b9.jpg', 'd.jpg', 'a.jpg', 'e.jpg']);
  });

  test('is by uncertainty with those of unknown uncertainty behind, and last those without a mask', () => {
    const some = [image('a', 'none'), image('b', 'edited'), image('c', 'proposed', 0.1), image('d', 'proposed', 0.2)];
    assert.deepEqual(listed(some, { ...wholeList, order: 'uncertainty' }), [3, 2, 1, 0]);
  });

  test('is filtered by text, status and class together', () => {
    assert.deepEqual(shown({ text: ' c.J' }), ['sub/C.jpg']);
    assert.deepEqual(shown({ status: 'none' }), ['a.jpg', 'e.jpg']);
    assert.deepEqual(shown({ class: 1 }), ['b9.jpg', 'b10.jpg']);
    assert.deepEqual(shown({ class: 1, status: 'edited', text: 'b' }), ['b10.jpg']);
    assert.deepEqual(shown({ class: 1, text: 'a' }), []);
  });

  test('counts each status', () => {
    assert.deepEqual(countByStatus(images), { none: 2, proposed: 1, edited: 1, approved: 1, skipped: 1 });
  });

  test('of 20,000 images is listed in a moment', () => {
    const many = sortByPath(
      Array.from({ length: 20_000 }, (_, k) => image(`photo ${(k * 7919) % 20_000}.jpg`, 'none', (k % 100) / 100)),
    );
    assert.equal(many[19_999].path, 'photo 19999.jpg');
    assert.equal(listed(many, { ...wholeList, order: 'uncertainty' }).length, 20_000);
  });
});

suite("A session's steps", () => {
  const step = (from: string | undefined, kind: Step, view: Partial<ListView> = {}, seen: string[] = []) =>
    pathAt(
      stepFrom(
        { images, view: { ...wholeList, ...view }, current: from === undefined ? undefined : at(from) },
        kind,
        new Set(seen.map(at)),
      ),
    );

  test('next and previous follow the list and end at its ends', () => {
    assert.equal(step(undefined, 'next'), 'a.jpg');
    assert.equal(step('a.jpg', 'next'), 'b9.jpg');
    assert.equal(step('b9.jpg', 'next', { order: 'uncertainty' }), 'sub/C.jpg');
    assert.equal(step('sub/C.jpg', 'next'), undefined);
    assert.equal(step('a.jpg', 'previous'), undefined);
    assert.equal(step('b10.jpg', 'previous'), 'b9.jpg');
  });

  test('an image that the filters do not list keeps its place', () => {
    assert.equal(step('b9.jpg', 'next', { status: 'none' }), 'e.jpg');
    assert.equal(step('b9.jpg', 'previous', { status: 'none' }), 'a.jpg');
    assert.equal(step('sub/C.jpg', 'next', { status: 'none' }), undefined);
    assert.equal(step('sub/C.jpg', 'previous', { status: 'none' }), 'e.jpg');
  });

  test('from an image that was deleted or renamed go to the one behind it', () => {
    for (const [gone, next] of [
      ['b9.jpg', 'b10.jpg'],
      ['b9 before.jpg', 'b9.jpg'],
      ['b11.jpg', 'd.jpg'],
      ['0.jpg', 'a.jpg'],
      ['z.jpg', undefined],
    ] as const) {
      const left = images.filter(({ path }) => path !== gone);
      const to = stepFrom({ images: left, view: wholeList, current: placeOf(left, gone) }, 'next', new Set());
      assert.equal(to === undefined ? undefined : left[to].path, next, gone);
    }
    assert.equal(placeOf(images, 'b9.jpg'), at('b9.jpg'));
  });

  test('the next unapproved is neither approved nor skipped, and found round the end', () => {
    assert.equal(step('a.jpg', 'nextUnapproved'), 'b10.jpg');
    assert.equal(step('b10.jpg', 'nextUnapproved'), 'e.jpg');
    assert.equal(step('sub/C.jpg', 'nextUnapproved'), 'a.jpg');
    assert.equal(step('b9.jpg', 'nextUnapproved', { status: 'approved' }), undefined);
  });

  test('the next most uncertain is undecided and not looked at yet, as long as there is one', () => {
    assert.equal(step('a.jpg', 'nextUncertain'), 'sub/C.jpg');
    assert.equal(step('sub/C.jpg', 'nextUncertain', {}, ['sub/C.jpg']), 'b10.jpg');
    assert.equal(step('b10.jpg', 'nextUncertain', {}, ['sub/C.jpg', 'b10.jpg', 'a.jpg', 'e.jpg']), 'sub/C.jpg');
  });

  test('the next most uncertain is not beside what a person has labelled or looked at', () => {
    const series = ['approved', ...Array<MaskStatus>(9).fill('proposed')].map((status, place) => {
      const uncertainty = { 1: 0.5, 2: 0.4, 6: 0.31 }[place] ?? 0.1;
      return image(`${place}.jpg`, status as MaskStatus, uncertainty);
    });
    const next = (...seen: number[]) =>
      stepFrom({ images: series, view: wholeList, current: 0 }, 'nextUncertain', new Set(seen));
    // One of ten is labelled, so that full worth begins 2.5 places from it: 0.5 / 2.5, 0.4 · 2 / 2.5, 0.31.
    assert.equal(next(), 2);
    // Two are known, full worth begins at 5/3 places, and the neighbour of both counts 0.5 · 3 / 5.
    assert.equal(next(2), 6);
    assert.equal(next(2, 6), 1);
    // When all have been looked at, uncertainty alone counts.
    assert.equal(next(1, 2, 3, 4, 5, 6, 7, 8, 9), 1);
  });

  test('ahead are the next images without a mask, as they are listed', () => {
    const ahead = (from: string, view: Partial<ListView> = {}) =>
      imagesAhead({ images, view: { ...wholeList, ...view }, current: at(from) }, 3).map(pathAt);
    assert.deepEqual(ahead('a.jpg'), ['e.jpg']);
    assert.deepEqual(ahead('b10.jpg'), ['e.jpg', 'a.jpg']);
    assert.deepEqual(ahead('b10.jpg', { text: 'b' }), []);
  });
});

suite("A session's images as a series", () => {
  const pathsBehind = (path: string, count: number) => imagesBehind(images, path, count).map(one => one.path);

  test('are in the order of their paths, without the skipped ones', () => {
    assert.equal(imageBefore(images, 'b10.jpg')?.path, 'b9.jpg');
    assert.equal(imageBefore(images, 'e.jpg')?.path, 'b10.jpg');
    assert.deepEqual(pathsBehind('b9.jpg', 2), ['b10.jpg', 'e.jpg']);
    assert.deepEqual(pathsBehind('b9.jpg', 10), ['b10.jpg', 'e.jpg', 'sub/C.jpg']);
  });

  test('have none before the first, behind the last, and around one that is not there', () => {
    assert.equal(imageBefore(images, 'a.jpg'), undefined);
    assert.deepEqual(pathsBehind('sub/C.jpg', 3), []);
    assert.equal(imageBefore(images, 'gone.jpg'), undefined);
    assert.deepEqual(pathsBehind('gone.jpg', 3), []);
  });
});
