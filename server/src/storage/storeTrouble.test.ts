import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ownName } from '../../../files/owner';
import { WriteError } from '../../../files/writeError';
import { StoreProxy } from '../../../test/support/storeProxy';
import { openPhotoPlace } from './openPlace';
import { listed, rejects, StoreBucket } from './testing/storeBucket';

const largestBytes = 1e6;

suite('What an object store refuses', function () {
  this.timeout(120_000);
  const bucket = new StoreBucket();

  /** Opens a photo and adds a mask to it. */
  async function openWithMask(photo: string) {
    const opened = await (await bucket.place()).open(photo, { largestBytes });
    writeFileSync(path.join(opened.output, 'a.mask.png'), 'mask');
    return opened;
  }

  test('is told with bucket and key: no such bucket, no such photo, a photo that is too large', async () => {
    const nowhere = await openPhotoPlace({ photos: 's3://not-there/x', results: undefined });
    const text = `there is no bucket not-there at ${bucket.server.endpoint}`;
    await rejects(nowhere.prepare(), 'missing', text);
    await rejects(listed(nowhere.list({ recursive: true })), 'missing', text);
    await rejects(nowhere.open('a.png', { largestBytes }), 'missing', text);
    const place = await bucket.place('x');
    await rejects(place.open('a.png', { largestBytes }), 'gone', `s3://${bucket.name}/x/a.png is no longer there`);
    await bucket.put('x/a.png', Buffer.alloc(2_500_000));
    const tooLarge = `s3://${bucket.name}/x/a.png has 2.5 MB, above the limit of 1 MB`;
    await rejects(place.open('a.png', { largestBytes }), 'unusable', tooLarge);
  });

  test('is told: credentials that are wrong, or not there', async () => {
    bucket.become({ ...bucket.server.root, secret: 'guessed' });
    const place = await bucket.place();
    await rejects(place.prepare(), 'setup', 'does not accept the credentials', `s3://${bucket.name}`);
    await rejects(place.open('a.png', { largestBytes }), 'setup', 'does not accept the credentials');
    bucket.become({ key: 'nobody', secret: 'guessed' });
    await rejects((await bucket.place()).prepare(), 'setup', 'does not accept the credentials');
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) process.env[name] = '';
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    await rejects((await bucket.place()).prepare(), 'setup', 'there are no credentials for', 'AWS_ACCESS_KEY_ID');
    Object.assign(process.env, { ...bucket.server.environment(), AWS_REGION: 'eu-west-1' });
    await rejects((await bucket.place()).prepare(), 'setup', 'is in another region: set AWS_REGION');
  });

  test('is told: no right to write, no right to read', async () => {
    await bucket.put('a.png', 'picture');
    const reader = { key: 'reader', secret: 'secret of a reader' };
    await bucket.server.addUser(bucket.name, reader, ['s3:GetObject', 's3:ListBucket']);
    bucket.become(reader);
    const photo = await openWithMask('a.png');
    assert.equal(readFileSync(photo.file, 'utf8'), 'picture');
    await rejects(photo.publish(), 'unwritable', `no right to write s3://${bucket.name}/a.mask.png`);
    await photo.release();
    const stranger = { key: 'stranger', secret: 'secret of a stranger' };
    await bucket.server.addUser(bucket.name, stranger, ['s3:PutObject']);
    bucket.become(stranger);
    await rejects((await bucket.place('x')).prepare(), 'unreadable', `no right to list s3://${bucket.name}/x/`);
  });

  test('is tried again: a store that is away for a moment, an answer and a write that break off', async () => {
    const picture = Buffer.alloc(900_000, 'picture');
    await bucket.put('a.png', picture);
    let broken = 0;
    const proxy = await StoreProxy.start(bucket.server.endpoint, ({ method, url }) => {
      if (method === 'PUT' && broken++ < 2) return 'drop';
      if (method === 'GET' && url?.includes('a.png') && broken++ < 2) return { answerBytes: 300_000 };
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      const photo = await openWithMask('a.png');
      assert.equal(broken, 3, 'two answers broke off');
      assert.ok(readFileSync(photo.file).equals(picture));
      broken = 0;
      await photo.publish();
      assert.ok(broken > 1);
      await photo.release();
    } finally {
      proxy.stop();
    }
    assert.equal(bucket.read('a.mask.png').toString(), 'mask');
  });

  test('is asked again where results change while they are copied', async () => {
    for (const name of ['a.png', 'a.mask.png', 'a.mask.json']) await bucket.put(name, 'old');
    let changes = 1;
    const proxy = await StoreProxy.start(bucket.server.endpoint, ({ method, url = '' }) => {
      if (method === 'GET' && url.includes('a.mask.json') && changes > 0) {
        changes--;
        return { before: () => bucket.put('a.mask.png', `new ${changes}`) };
      }
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      const place = await bucket.place();
      const photo = await place.open('a.png', { largestBytes });
      assert.equal(readFileSync(path.join(photo.output, 'a.mask.png'), 'utf8'), 'new 0');
      await photo.release();
      changes = 100;
      await rejects(place.open('a.png', { largestBytes }), 'away', 'are being written by somebody else');
    } finally {
      proxy.stop();
    }
  });

  test('is told after a while: a store that stays away', async () => {
    await bucket.put('a.png', 'picture');
    const photo = await openWithMask('a.png');
    await bucket.server.halt();
    await rejects(photo.publish(), 'away', `${bucket.server.endpoint} cannot be reached`, 'a.mask.png (ECONNREFUSED)');
    await bucket.server.run();
    await photo.publish();
    assert.equal(bucket.read('a.mask.png').toString(), 'mask');
    await photo.release();
  });

  test('is asked for no longer once a signal ends it', async () => {
    await bucket.put('a.png', 'picture');
    const place = await bucket.place();
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(place.open('a.png', { largestBytes, signal }), /enough/);
    await assert.rejects(listed(place.list({ recursive: true, signal })), /enough/);
  });

  test('leaves no class file of the temporary folder to photos that have none', async () => {
    await bucket.put('a.png', 'picture');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-classes-'));
    Object.assign(process.env, { TMPDIR: folder, TMP: folder, TEMP: folder });
    try {
      writeFileSync(path.join(folder, 'labelless.classes.json'), '{ "classes": [] }');
      const place = await bucket.place();
      await rejects(place.open('a.png', { largestBytes }), 'setup', `in ${folder} or above it would hold`);
      await bucket.put('labelless.classes.json', '{ "classes": [] }');
      await (await (await bucket.place()).open('a.png', { largestBytes })).release();
      assert.deepEqual(readdirSync(folder), ['labelless.classes.json']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is not blamed for a full disk of this machine, where nothing is left of the copy', async function () {
    await bucket.put('a.png', Buffer.alloc(900_000));
    const disk = mkdtempSync(path.join(os.tmpdir(), 'labelless-disk-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=400k', 'labelless', disk]);
    if (mounted.status !== 0) return this.skip(); // only root may
    Object.assign(process.env, { TMPDIR: disk, TMP: disk, TEMP: disk });
    try {
      const place = await bucket.place();
      await assert.rejects(place.open('a.png', { largestBytes }), (error: unknown) => {
        assert.ok(error instanceof WriteError, String(error));
        assert.equal(error.code, 'ENOSPC');
        assert.match(error.message, /^cannot write .*a\.png: no space is left on the disk$/);
        return true;
      });
      assert.deepEqual(readdirSync(disk), []);
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  });

  test('removes the copies of processes that were killed, and no others', async () => {
    const folderOf = (owner: string) => path.join(os.tmpdir(), `labelless-copy-${owner}`);
    const mine = folderOf(ownName());
    const dead = folderOf(ownName().replace(/-\w+-\w+-/, '-zzzzz-1-')); // no system has so many processes
    for (const folder of [dead, mine]) mkdirSync(folder);
    await bucket.place();
    assert.equal(existsSync(dead), false);
    assert.equal(existsSync(mine), true);
    rmSync(mine, { recursive: true });
  });
});
