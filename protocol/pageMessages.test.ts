import assert from 'node:assert/strict';
import { parseEditorPageMessage } from './editorPage';
import { parseGalleryPageMessage, parseGalleryState } from './galleryPage';
import { parseTrainingPageMessage } from './trainingPage';

suite('messages from the page', () => {
  const right = [
    { type: 'ready' },
    { type: 'info' },
    { type: 'compareWith' },
    { type: 'stopComparing' },
    { type: 'segment' },
    { type: 'stop' },
    { type: 'cancel' },
    { type: 'segmentScribbles' },
    { type: 'begin', width: 640, height: 480 },
    { type: 'edit', edit: { kind: 'erase', values: [1] }, id: 7 },
    { type: 'edit', edit: { kind: 'granularity', granularity: 0.25 } },
    { type: 'edit', edit: { kind: 'rename', value: 3, name: 'sky' } },
  ];
  for (const message of right) {
    test(`takes ${JSON.stringify(message)}`, () => {
      assert.deepEqual(parseEditorPageMessage(message), message);
    });
  }

  const wrong: [unknown, RegExp][] = [
    [null, /object/],
    ['ready', /object/],
    [[], /object/],
    [{}, /type/],
    [{ type: 'open', path: '/etc/passwd' }, /type/],
    [{ type: 'ready', more: 1 }, /more/],
    [{ type: 'edit' }, /edit/],
    [{ type: 'edit', edit: null }, /edit/],
    [{ type: 'edit', edit: { kind: 3 } }, /kind/],
  ];
  for (const [message, reason] of wrong) {
    test(`refuses ${JSON.stringify(message)}`, () => {
      assert.throws(() => parseEditorPageMessage(message), reason);
    });
  }
});

suite('messages from a gallery', () => {
  const view = { text: 'street', status: 'approved', class: 3, order: 'uncertainty' };

  test('are to be ready, to open an image by its path, to list others, and to ask for pictures', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'open', path: 'a b/c.png' },
      { type: 'listView', view },
      { type: 'inSight', paths: ['c.png'] },
    ])
      assert.deepEqual(parseGalleryPageMessage(message), message);
    for (const message of [
      null,
      { type: 'open' },
      { type: 'open', path: 3 },
      { type: 'open', path: 'c.png', index: 0 },
      { type: 'open', path: 'c'.repeat(10_001) },
      { type: 'listView', view: { ...view, status: 'lost' } },
      { type: 'inSight', paths: Array.from({ length: 1001 }, () => 'c.png') },
      { type: 'delete' },
    ]) {
      assert.throws(() => parseGalleryPageMessage(message), /something unknown/, JSON.stringify(message));
    }
  });

  test('are brought back with the session or the images that they kept, files alone', () => {
    const source = ['file:///a%20b/c.png', 'file:///d.jpg'];
    assert.deepEqual(parseGalleryState({ source, view }), { source, view });
    assert.deepEqual(parseGalleryState({ source: 'session', view: 'by name' }), { source: 'session', view: undefined });
    for (const state of [
      undefined,
      null,
      'name',
      {},
      { source: [] },
      { source: 'file:///a.png' },
      { source: ['https://a.test/b.png'] },
      { source: [1] },
    ]) {
      assert.equal(parseGalleryState(state), undefined, JSON.stringify(state));
    }
  });
});

suite('messages from the training view', () => {
  test('takes what the page may ask, and nothing more', () => {
    for (const right of [{ type: 'ready' }, { type: 'action', action: 'stop' }])
      assert.deepEqual(parseTrainingPageMessage(right), right);
    for (const wrong of [undefined, 'stop', {}, { type: 'action' }, { type: 'action', action: 'delete' }])
      assert.throws(() => parseTrainingPageMessage(wrong), /something unknown/);
  });
});
