import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import fs, { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PhotoFolder } from './testing/photoFolder';

suite('Setting the status of images', () => {
  let photos: PhotoFolder;

  setup(async () => {
    photos = new PhotoFolder(await mkdtemp(path.join(tmpdir(), 'labelless status-')));
    for (const name of ['a.png', 'b.png']) await photos.photo(name);
  });
  teardown(() => rm(photos.folder, { recursive: true }));

  test('changes the sidecar alone, and keeps what else it holds', async () => {
    photos.mask('a.png', { status: 'edited' });
    const before = JSON.parse(readFileSync(photos.at('a.mask.json'), 'utf8')) as object;
    writeFileSync(photos.at('a.mask.json'), JSON.stringify({ ...before, later: [1] }));
    const mask = statSync(photos.at('a.mask.png')).mtimeMs;
    const { images, refused } = await photos.set('approved', [{ path: 'a.png' }]);
    assert.deepEqual(refused, []);
    assert.equal(images[0]?.status, 'approved');
    assert.deepEqual(JSON.parse(readFileSync(photos.at('a.mask.json'), 'utf8')), {
      ...before,
      later: [1],
      status: 'approved',
    });
    assert.equal(statSync(photos.at('a.mask.png')).mtimeMs, mask);
    assert.deepEqual(photos.openMask('a.png').messages, []);
    assert.equal(photos.openMask('a.png').document.state.status, 'approved');
    assert.equal((await photos.list()).images.get('a.png')?.status, 'approved');
  });

  test('skipping an image without a mask gives it an empty one, which is taken back', async () => {
    const { images } = await photos.set('skipped', [{ path: 'a.png' }]);
    assert.deepEqual([images[0]?.status, images[0]?.labels, images[0]?.problem], ['skipped', 0, undefined]);
    const { document, messages } = photos.openMask('a.png');
    assert.deepEqual([document.width, document.height, messages], [4, 2, []]);
    assert.equal((await photos.set('none', [{ path: 'a.png' }])).images[0]?.status, 'none');
    assert.deepEqual(readdirSync(photos.folder).sort(), ['a.png', 'b.png']);
  });

  test('refuses what would lose work or say what is not so, each image for itself', async () => {
    photos.mask('a.png', { status: 'edited' });
    const reasons = async (status: 'none' | 'approved', images: { path: string; stamp?: string }[]) =>
      (await photos.set(status, images)).refused.map(({ path: image, reason }) => `${image}: ${reason}`);
    assert.deepEqual(await reasons('none', [{ path: 'a.png' }]), [
      'a.png: its mask has labels, and they would be lost',
    ]);
    assert.deepEqual(await reasons('approved', [{ path: 'b.png' }, { path: 'c.png' }, { path: '../a.png' }]), [
      'b.png: it has no mask yet; segment it first',
      'c.png: there is no such image any more',
      '../a.png: it is no image of this folder',
    ]);
    assert.deepEqual(await reasons('approved', [{ path: 'a.png', stamp: 'another' }]), [
      'a.png: its files have been changed meanwhile; look at it again',
    ]);
    writeFileSync(photos.at('a.png'), readFileSync(photos.at('b.png')));
    assert.deepEqual(await reasons('approved', [{ path: 'a.png' }]), [
      'a.png: its mask was made of another picture, or of this one before it was changed',
    ]);
    photos.mask('a.png');
    writeFileSync(photos.at('a.mask.json'), '{"version": 7}');
    assert.deepEqual(await reasons('approved', [{ path: 'a.png' }]), [
      'a.png: its sidecar cannot be used: it is of version 7, which this Labelless does not know yet',
    ]);
    assert.equal(readFileSync(photos.at('a.mask.json'), 'utf8'), '{"version": 7}');
  });

  test('what somebody else saves in between stays', async () => {
    photos.mask('a.png', { status: 'edited' });
    const { open } = fs;
    let saved = '';
    fs.open = (file, ...rest) => {
      if (String(file).endsWith('.tmp') && saved === '') {
        photos.mask('a.png', { status: 'edited', granularity: 0.25 });
        saved = readFileSync(photos.at('a.mask.json'), 'utf8');
      }
      return open(file, ...rest);
    };
    try {
      const { refused } = await photos.set('approved', [{ path: 'a.png' }]);
      assert.match(refused[0]?.reason ?? '', /changed meanwhile/);
    } finally {
      fs.open = open;
    }
    assert.equal(readFileSync(photos.at('a.mask.json'), 'utf8'), saved);
    assert.deepEqual(readdirSync(photos.folder).sort(), ['a.mask.json', 'a.mask.png', 'a.png', 'b.png']);
  });
});
