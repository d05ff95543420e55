import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openPhotoPlace } from './openPlace';
import { listed, rejects } from './testing/storeBucket';

const largestBytes = 1e6;

suite('A folder of photos', () => {
  let folder: string;

  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-place-'));
    const photos = path.join(folder, 'photos');
    mkdirSync(path.join(photos, 'north', 'hill'), { recursive: true });
    for (const name of ['b.jpg', 'a.png', 'a.mask.png', 'notes.txt', 'north/c.webp', 'north/hill/d.tif'])
      writeFileSync(path.join(photos, name), name);
  });

  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (name: string) => path.join(folder, name);

  test('lists photos sorted, without outputs and other files', async () => {
    const place = await openPhotoPlace({ photos: at('photos'), results: undefined });
    assert.deepEqual(await listed(place.list({ recursive: false })), ['a.png', 'b.jpg']);
    const found = ['a.png', 'b.jpg', 'north/c.webp', 'north/hill/d.tif'];
    assert.deepEqual(await listed(place.list({ recursive: true })), found);
  });

  test('opens a photo where it is, with its results beside it or in a folder of the same shape', async () => {
    const beside = await openPhotoPlace({ photos: at('photos'), results: undefined });
    const photo = await beside.open('north/hill/d.tif', { largestBytes });
    assert.equal(photo.file, at('photos/north/hill/d.tif'));
    assert.equal(photo.output, at('photos/north/hill'));
    const apart = await openPhotoPlace({ photos: at('photos'), results: at('masks') });
    await apart.prepare();
    assert.equal((await apart.open('north/hill/d.tif', { largestBytes })).output, at('masks/north/hill'));
  });

  test('leads out of its folder by no name', async () => {
    const place = await openPhotoPlace({ photos: at('photos'), results: undefined });
    writeFileSync(at('secret.png'), '');
    for (const photo of ['../secret.png', '/etc/a.png', 'north/../../secret.png', 'north//c.webp', 'a\0.png', ''])
      await rejects(place.open(photo, { largestBytes }), 'unusable', JSON.stringify(photo));
    await rejects(place.open('notes.txt', { largestBytes }), 'unusable', 'not that of a photo');
  });

  test('tells a photo that is gone from a folder that is not there', async () => {
    const place = await openPhotoPlace({ photos: at('photos'), results: at('masks') });
    await rejects(place.open('a.png', { largestBytes }), 'missing', `the folder ${at('masks')} is not there`);
    await place.prepare();
    await rejects(place.open('z.png', { largestBytes }), 'gone', `${at('photos/z.png')} is no longer there`);
    const empty = await openPhotoPlace({ photos: at('masks'), results: undefined });
    await rejects(empty.open('a.png', { largestBytes }), 'missing', 'is its disk mounted?');
    const elsewhere = await openPhotoPlace({ photos: at('nowhere'), results: undefined });
    await rejects(elsewhere.prepare(), 'missing', `the folder ${at('nowhere')} is not there on this machine`);
    await rejects(elsewhere.open('a.png', { largestBytes }), 'missing', at('nowhere'));
    const file = await openPhotoPlace({ photos: at('photos/a.png'), results: undefined });
    await rejects(listed(file.list({ recursive: true })), 'missing', 'is not a folder');
  });
});
