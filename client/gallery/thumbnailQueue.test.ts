import assert from 'node:assert/strict';
import { ThumbnailQueue } from './thumbnailQueue';

suite('Drawing the pictures in sight', () => {
  test('draws two at once, and begins none that is out of sight again', async () => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const queue = new ThumbnailQueue(path => {
      begun.push(path);
      return new Promise(resolve => ends.set(path, resolve));
    });
    const end = async (path: string) => {
      ends.get(path)!();
      await new Promise(setImmediate);
    };
    queue.want(['a', 'b', 'c', 'd']);
    assert.deepEqual(begun, ['a', 'b']);
    queue.want(['b', 'x', 'y']);
    await end('b');
    assert.deepEqual(begun, ['a', 'b', 'x']);
    queue.want([]);
    await end('a');
    await end('x');
    assert.deepEqual(begun, ['a', 'b', 'x']);
    queue.want(['a']);
    assert.deepEqual(begun, ['a', 'b', 'x', 'a']);
  });
});
