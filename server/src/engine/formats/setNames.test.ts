import assert from 'node:assert/strict';
import path from 'node:path';
import { commonFolder, setNames } from './setNames';

suite('Names of images that are exported together', () => {
  const root = path.resolve('/photos');
  const at = (...names: string[]) => names.map(name => path.join(root, name));

  test("are their own, or with their folder's where another has the same", () => {
    assert.deepEqual(setNames(at('a/x.jpg', 'b/X.JPG', 'a/y.jpg', 'y.png')), ['a_x.jpg', 'b_X.JPG', 'y.jpg', 'y.png']);
    assert.deepEqual(setNames(at('a/c/x.jpg', 'b/c/x.jpg', 'z.jpg')), [undefined, undefined, 'z.jpg']);
    assert.deepEqual(setNames(at('a/x.jpg', 'b/x.jpg', 'c/a_x.jpg')), [undefined, 'b_x.jpg', undefined]);
  });

  test('start at the folder that they have in common', () => {
    assert.equal(commonFolder(at('a/x.jpg', 'a/y.jpg')), path.join(root, 'a'));
    assert.equal(commonFolder(at('a/x.jpg', 'ab/y.jpg')), root);
    assert.equal(commonFolder(at('x.jpg', 'a/b/y.jpg')), root);
  });
});
