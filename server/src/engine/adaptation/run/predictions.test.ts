import assert from 'node:assert/strict';
import path from 'node:path';
import { PredictionFolders } from './predictions';

suite("Folders of a run's predictions", () => {
  const names = (...pictures: string[]) => {
    const folders = new PredictionFolders('run');
    return pictures.map(picture => path.relative(path.join('run', 'predictions'), folders.of(picture)));
  };

  test('are named like the pictures', () => {
    assert.deepEqual(names('night/images/0.png', '夜/1.jpg', 'night/images/0.png'), [
      'night_images_0.png',
      '夜_1.jpg',
      'night_images_0.png',
    ]);
  });

  test('differ where pictures do, also where case does not count', () => {
    for (const pictures of [
      ['a:b.png', 'a b.png'],
      ['a/b.png', 'a_b.png'],
      ['a.png', 'A.png'],
    ]) {
      const [first, second] = names(...pictures, ...pictures);
      assert.notEqual(first.toLowerCase(), second.toLowerCase());
      assert.deepEqual(names(...pictures, ...pictures).slice(2), [first, second]);
    }
  });

  test('have names that every file system takes', () => {
    const long = ['夜'.repeat(84), `${'夜'.repeat(84)}2`, 'x'.repeat(250)].map(name => `${name}.png`);
    const found = names(...long);
    assert.equal(new Set(found).size, 3);
    for (const name of found) assert.ok(Buffer.byteLength(name) <= 120);
  });
});
