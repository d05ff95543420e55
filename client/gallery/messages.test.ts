import assert from 'node:assert/strict';
import { parseGalleryMessage, parseGalleryState } from './messages';

suite('messages from a gallery', () => {
  test('are to be ready, or to open an image by its place', () => {
    for (const message of [{ type: 'ready' }, { type: 'open', index: 3 }])
      assert.deepEqual(parseGalleryMessage(message), message);
    for (const message of [
      null,
      { type: 'open' },
      { type: 'open', index: -1 },
      { type: 'open', index: 'a' },
      { type: 'open', index: 0, path: '/etc' },
      { type: 'delete' },
    ]) {
      assert.throws(() => parseGalleryMessage(message), /something unknown/, JSON.stringify(message));
    }
  });

  test('are brought back with the images that they kept, files alone', () => {
    const images = ['file:///a%20b/c.png', 'file:///d.jpg'];
    assert.deepEqual(parseGalleryState({ images, order: 'uncertain' }), images);
    for (const state of [
      undefined,
      null,
      'name',
      {},
      { images: [] },
      { images: 'file:///a.png' },
      { images: ['https://a.test/b.png'] },
      { images: [1] },
    ]) {
      assert.equal(parseGalleryState(state), undefined, JSON.stringify(state));
    }
  });
});
