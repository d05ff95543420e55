import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { StoreProxy } from '../../../test/support/storeProxy';
import { openPhotoPlace } from './openPlace';
import { parseStoreUrl } from './storeUrl';
import { listed, rejects, StoreBucket } from './testing/storeBucket';

const largestBytes = 1e6;

suite('Names in an object store', function () {
  this.timeout(120_000);
  const bucket = new StoreBucket();

  test('are those of photos, in all folders or in one, without outputs and what systems add', async () => {
    const photos = ['a.png', 'deep/c.webp', 'deep/er/b.JPG'];
    const others = ['a.mask.png', 'a.mask.json', 'notes.txt', '._a.png', '.hidden/d.png', '__MACOSX/e.png'];
    for (const name of [...photos, ...others, 'labelless.voc/JPEGImages/f.jpg']) await bucket.put(`in/${name}`);
    await bucket.put('input/g.png');
    const place = await bucket.place('in');
    assert.equal(place.name, `s3://${bucket.name}/in`);
    assert.deepEqual(await listed(place.list({ recursive: true })), photos);
    assert.deepEqual(await listed(place.list({ recursive: false })), ['a.png']);
  });

  test('of 1,500 photos are asked for page by page, as they are taken', async () => {
    const names = Array.from({ length: 1500 }, (_, i) => `${String(i).padStart(4, '0')}.png`);
    for (let i = 0; i < names.length; i += 100)
      await Promise.all(names.slice(i, i + 100).map(name => bucket.put(`many/${name}`)));
    let pages = 0;
    const proxy = await StoreProxy.start(bucket.server.endpoint, () => {
      pages++;
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      const list = (await bucket.place('many')).list({ recursive: true });
      const taken = [];
      for await (const name of list) {
        taken.push(name);
        if (taken.length === 1000) assert.equal(pages, 1, 'the second page is not asked for yet');
      }
      assert.equal(pages, 2);
      assert.deepEqual(taken, names);
    } finally {
      proxy.stop();
    }
  });

  test('may be odd, or differ in case only', async () => {
    const names = [
      'A.png',
      'a.png',
      'sp ace+100%.png',
      'back\\slash.png',
      'quote\'&<".png',
      'ü/é/e\u0301.png',
      '.dot.png',
    ];
    for (const name of names) await bucket.put(`odd/${name}`, name);
    const place = await bucket.place('odd');
    assert.deepEqual((await listed(place.list({ recursive: true }))).sort(), [...names].sort());
    for (const name of names) {
      const photo = await place.open(name, { largestBytes });
      assert.equal(readFileSync(photo.file, 'utf8'), name);
      assert.equal(path.basename(photo.file), name.slice(name.lastIndexOf('/') + 1));
      await photo.release();
    }
  });

  test('that lead elsewhere, or that lists cannot hold, are refused', async () => {
    const place = await bucket.place('in');
    await bucket.put('secret.png', 'secret');
    for (const name of ['../secret.png', '/secret.png', 'a//b.png', './a.png', 'a\n.png', 'a\ufffd.png', 'a\0.png'])
      await rejects(place.open(name, { largestBytes }), 'unusable', JSON.stringify(name), `s3://${bucket.name}/in`);
    await rejects(place.open('notes.txt', { largestBytes }), 'unusable', 'not that of a photo');
  });

  test('of photos of one stem, and of what was kept of masks, lie beside a photo that is opened', async () => {
    for (const name of [
      'a.png',
      'a.jpg',
      'a.jpg.mask.png',
      'a.mask.png',
      'a.jpg.mask.png.previous-1',
      'a.b.jpg',
      'ab.png',
    ])
      await bucket.put(name, name);
    const photo = await (await bucket.place()).open('a.jpg', { largestBytes });
    assert.deepEqual(readdirSync(photo.output).sort(), [
      'a.jpg',
      'a.jpg.mask.classes',
      'a.jpg.mask.png',
      'a.jpg.mask.png.previous-1',
      'a.png',
    ]);
    assert.equal(readFileSync(path.join(photo.output, 'a.png'), 'utf8'), '', 'only the name of another photo counts');
    await photo.publish();
    assert.equal(bucket.read('a.png').toString(), 'a.png', 'nothing but results is written');
    await photo.release();
  });

  test('of places are checked, and passwords in them not repeated', async () => {
    assert.deepEqual(parseStoreUrl('s3://photos/2026/may/'), {
      bucket: 'photos',
      prefix: '2026/may/',
      name: 's3://photos/2026/may',
    });
    assert.equal(parseStoreUrl('S3://photos').prefix, '');
    for (const url of ['s3://', 's3:///x', 's3://key:hunter2@photos/x', 's3://a b/x'])
      await rejects(
        openPhotoPlace({ photos: url, results: undefined }).catch((error: Error) => {
          assert.ok(!error.message.includes('hunter2'));
          throw error;
        }),
        'setup',
        'must be followed by the name of a bucket',
      );
    await rejects(openPhotoPlace({ photos: 's3://photos/a/../b', results: undefined }), 'setup', 's3://photos/a/../b');
    await rejects(openPhotoPlace({ photos: 's3://photos', results: 'masks' }), 'setup', 'both be in folders');
    const shared = openPhotoPlace({ photos: 's3://photos', results: undefined, formats: ['mask', 'yolo'] });
    await rejects(shared, 'setup', 'yolo has lists that all photos share');
  });
});
