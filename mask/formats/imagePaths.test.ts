import assert from 'node:assert/strict';
import { matchImagePaths, pathParts } from './imagePaths';

const root = '/data/pictures';
const images = (...relative: string[]) => relative.map(name => ({ file: `${root}/${name}`, relative: name }));
const match = (relative: string[], ...names: string[]) => {
  const { namesOf, ambiguous, unknown } = matchImagePaths(images(...relative), names);
  return {
    found: Object.fromEntries([...namesOf].map(([file, same]) => [file.slice(root.length + 1), same])),
    ambiguous,
    unknown,
  };
};
const [composed, decomposed] = ['caf\u00e9.png', 'cafe\u0301.png'];

suite('Images by the names of a list', () => {
  test('paths in the spellings of Windows, of addresses, and with needless parts are the same parts', () => {
    for (const name of ['sub/a b.png', 'sub\\a b.png', './sub//a b.png', 'x/../sub/a b.png', '/sub/a b.png'])
      assert.deepEqual(pathParts(name), ['sub', 'a b.png']);
    assert.deepEqual(pathParts('file:///C:/sub/a%20b.png'), ['C:', 'sub', 'a b.png']);
    assert.deepEqual(pathParts('https://host/sub/a%20b.png?size=1#x'), ['sub', 'a b.png']);
    assert.deepEqual(pathParts('./'), []);
  });

  test('a path, one with folders before it and one without them mean the image', () => {
    for (const name of [
      'sub/a.png',
      'sub\\a.png',
      '.\\sub\\a.png',
      'images/sub/a.png',
      'C:\\data\\sub\\a.png',
      '/elsewhere/images/sub/a.png',
      'a.png',
      'SUB/A.PNG',
    ])
      assert.deepEqual(match(['b.png', 'sub/a.png'], name), {
        found: { 'sub/a.png': [name] },
        ambiguous: [],
        unknown: [],
      });
  });

  test('of images of one name the longest common end decides, and an equal one is ambiguous', () => {
    assert.deepEqual(match(['day/1.png', 'night/1.png'], 'set/night/1.png', 'set/day/1.png').found, {
      'night/1.png': ['set/night/1.png'],
      'day/1.png': ['set/day/1.png'],
    });
    assert.deepEqual(match(['day/1.png', 'night/1.png'], '1.png'), { found: {}, ambiguous: ['1.png'], unknown: [] });
    assert.deepEqual(match(['1.png'], 'day/1.png', 'night/1.png'), {
      found: {},
      ambiguous: ['day/1.png', 'night/1.png'],
      unknown: [],
    });
    assert.deepEqual(match(['1.png', 'sub/1.png'], 'sub/1.png', '1.png').found, {
      'sub/1.png': ['sub/1.png'],
      '1.png': ['1.png'],
    });
    const day = { file: '/data/day/1.png' };
    assert.deepEqual([...matchImagePaths([day], ['day/1.png', 'night/1.png']).namesOf], [[day.file, ['day/1.png']]]);
    assert.deepEqual(matchImagePaths([day], ['day/1.png', 'night/1.png']).unknown, ['night/1.png']);
  });

  test('one path in several spellings is one entry', () => {
    assert.deepEqual(match(['a.png'], 'a.png', './a.png').found, { 'a.png': ['a.png', './a.png'] });
  });

  test('composed and decomposed names meet, and so do names in other case, unless the exact one is there', () => {
    assert.deepEqual(match([decomposed], composed).found, { [decomposed]: [composed] });
    assert.deepEqual(match([composed], decomposed).found, { [composed]: [decomposed] });
    assert.deepEqual(match([composed, decomposed], decomposed, composed).found, {
      [composed]: [composed],
      [decomposed]: [decomposed],
    });
    assert.deepEqual(match(['A.png', 'a.png'], 'a.png').found, { 'a.png': ['a.png'] });
    assert.deepEqual(match(['A.png', 'a.png'], 'a.PNG').ambiguous, ['a.PNG']);
  });

  test('twenty thousand images of one name in folders of their own are matched by their folders', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `${n}/rgb.png`);
    const { namesOf, ambiguous } = matchImagePaths(
      images(...many),
      many.map(name => `set\\${name.replace('/', '\\')}`),
    );
    assert.deepEqual([namesOf.size, ambiguous.length], [many.length, 0]);
  });
});
