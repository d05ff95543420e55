import assert from 'node:assert/strict';
import { areaOf } from '../shapes/shapes';
import { readLabels } from './readLabels';

const size = { width: 24, height: 18 };
const polygon = [[2, 2, 8, 2, 8, 8, 2, 8]];
const sound = { id: 1, image_id: 1, category_id: 1, segmentation: polygon };
const image = { id: 1, file_name: 'a.png', ...size };

/** The labels that a file has for an image, with their pixels, and what is left out. */
function read(file: object, path = '/photos/a.png') {
  const { shapes, leftOut } = readLabels(
    { images: [image], categories: [{ id: 1, name: 'car' }], ...file },
    path,
    size,
  );
  return { found: shapes.map(shape => `${shape.name} ${areaOf(shape)}`), leftOut };
}
const readAnnotations = (...annotations: unknown[]) => read({ annotations });

suite('COCO files with entries that cannot be used', () => {
  test('an annotation without a segmentation is left out and named; the areas are those of pycocotools', () => {
    for (const segmentation of [undefined, null, []])
      assert.deepEqual(readAnnotations(sound, { ...sound, id: 2, bbox: [12, 2, 4, 4], segmentation }), {
        found: ['car 36'],
        leftOut: ['annotation 2: without a segmentation; a box alone is no shape'],
      });
  });

  test('another image without a size or a name, and its unlisted category, do not concern this one', () => {
    const annotations = [sound, { ...sound, id: 2, image_id: 2, category_id: 5 }];
    assert.deepEqual(read({ images: [image, { id: 2, file_name: 'b.png' }, { id: 3 }, null], annotations }), {
      found: ['car 36'],
      leftOut: ['2 images (3, at place 4): without a file_name'],
    });
  });

  test('the image itself needs no size, and ids may be texts, which are no numbers', () => {
    assert.deepEqual(read({ images: [{ id: 1, file_name: 'a.png', width: null }], annotations: [sound] }).found, [
      'car 36',
    ]);
    const file = {
      images: [{ ...image, id: 'x-1' }],
      categories: [{ id: 'c', name: 'car' }],
      annotations: [
        { ...sound, image_id: 'x-1', category_id: 'c' },
        { ...sound, id: 'second', image_id: '1' },
      ],
    };
    assert.deepEqual(read(file), {
      found: ['car 36'],
      leftOut: ['annotation second: no image with the id "1" is listed'],
    });
    assert.throws(
      () => read({ images: [{ ...image, width: 5 }], annotations: [] }),
      /its labels are of 5×18 pixels, the image has 24×18/,
    );
  });

  test('an image or an annotation that is listed twice loses nothing', () => {
    const second = { ...sound, id: 2, image_id: 9, segmentation: [[10, 2, 12, 2, 12, 4, 10, 4]] };
    for (const name of ['a.png', './a.png', '.\\a.png'])
      assert.deepEqual(read({ images: [image, { ...image, id: 9, file_name: name }], annotations: [sound, second] }), {
        found: ['car 36', 'car 4'],
        leftOut: [],
      });
    assert.deepEqual(read({ images: [image, image], annotations: [sound, { ...second, id: 1, image_id: 1 }] }), {
      found: ['car 36', 'car 4'],
      leftOut: [],
    });
    const other = [image, { ...image, file_name: 'b.png' }];
    const leftOut = ['image b.png: an earlier image has the same id; its annotations are taken for this one'];
    assert.deepEqual(read({ images: other, annotations: [sound] }), { found: [], leftOut });
    assert.deepEqual(read({ images: other, annotations: [sound] }, '/photos/b.png'), { found: ['car 36'], leftOut });
  });

  test('a category without a listing or a name is known by its id', () => {
    const annotations = [sound, { ...sound, id: 2, category_id: 7 }, { ...sound, id: 3, category_id: undefined }];
    assert.deepEqual(read({ categories: [{ id: 1 }], annotations }), {
      found: ['category 1 36', 'category 7 36', 'no category 36'],
      leftOut: [
        'annotation 2: the category 7 is not listed; labelled “category 7”',
        'annotation 3: without a category_id; labelled “no category”',
      ],
    });
    assert.deepEqual(read({ categories: null, annotations: [sound] }).found, ['category 1 36']);
  });

  test('of a segmentation what can be drawn is drawn, as pycocotools does, and the rest is told', () => {
    const counts = Array.from({ length: 18 }, (_, n) => (n % 2 === 0 ? 20 : 1));
    const runs = [...counts, 24 * 18 - counts.reduce((sum, one) => sum + one, 0)];
    const cases: [segmentation: unknown, area: number | undefined, leftOut?: RegExp][] = [
      [[[2, 2, 8, 2, 8, 8, 2, 8, 1]], 36, /odd number of coordinates/],
      [[[-5, -5, 8, -5, 8, 8, -5, 8]], 64],
      [[[2, 2, 100, 2, 100, 8, 2, 8]], 132],
      [[[2, 2, 5, 6], polygon[0]], 36, /fewer than three corners/],
      [[[2, 2, null, 2, 8, 8]], undefined, /corners of a polygon are not numbers/],
      [[['2', 2, 8, 2, 8, 8]], undefined, /corners of a polygon are not numbers/],
      [polygon[0], 36],
      [{ size: [18, 24], counts: runs }, 9],
      [{ counts: runs }, 9],
      [{ size: [24, 18], counts: runs }, undefined, /run lengths are for 18×24 pixels, the image has 24×18/],
      [{ size: [18, 24], counts: [3] }, undefined, /run lengths do not fill/],
      [{ size: [18, 24], counts: 'P' }, undefined, /packed run lengths are damaged/],
      [{ size: [18, 24] }, undefined, /neither a list of polygons nor run lengths/],
      ['x', undefined, /neither/],
    ];
    for (const [segmentation, area, told] of cases) {
      const { found, leftOut } = readAnnotations({ ...sound, segmentation });
      assert.deepEqual(found, area === undefined ? [] : [`car ${area}`], JSON.stringify(segmentation));
      if (told) assert.match(leftOut.join(), told);
      else assert.deepEqual(leftOut, []);
    }
  });

  test('many entries are counted, and few are named', () => {
    const many = Array.from({ length: 1200 }, (_, id) => ({ ...sound, id, segmentation: null }));
    assert.deepEqual(readAnnotations(...many, 5, {}).leftOut, [
      '1,200 annotations (0, 1, 2, …): without a segmentation; a box alone is no shape',
      'annotation at place 1201: no object',
      'annotation at place 1202: without an image_id',
    ]);
  });
});

suite('The entry of an image in a COCO file', () => {
  const images = ['day/img1.png', 'night/img1.png'].map((name, id) => ({ ...image, id, file_name: name }));
  const annotations = [
    { ...sound, image_id: 0 },
    { ...sound, image_id: 1, segmentation: [[0, 0, 24, 0, 24, 18, 0, 18]] },
  ];

  test('is that with which its path has the longest end in common', () => {
    assert.deepEqual(read({ images, annotations }, '/photos/day/img1.png').found, ['car 36']);
    assert.deepEqual(read({ images, annotations }, 'C:\\work\\night\\img1.png').found, ['car 432']);
    assert.throws(
      () => read({ images, annotations }, '/photos/dusk/img1.png'),
      /it lists 2 images that img1\.png could be, in other folders than it is: day\/img1\.png, night\/img1\.png/,
    );
  });

  test('may be spelled in the way of another system', () => {
    const names = ['photos\\a.png', './a.png', 'D:\\data\\photos\\a.png', '/home/me/a.png', 'file:///photos/a.png'];
    for (const name of names)
      assert.deepEqual(read({ images: [{ ...image, file_name: name }], annotations: [sound] }).found, ['car 36'], name);
    const [composed, decomposed] = ['café.png'.normalize('NFC'), 'café.png'.normalize('NFD')];
    const named = (name: string) => ({ images: [{ ...image, file_name: name }], annotations: [sound] });
    assert.deepEqual(read(named(composed), `/photos/${decomposed}`).found, ['car 36']);
    assert.deepEqual(read(named(decomposed), `/photos/${composed}`).found, ['car 36']);
  });
});
