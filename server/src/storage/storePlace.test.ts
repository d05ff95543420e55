import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { StoreProxy } from '../../../test/support/storeProxy';
import { picturePng } from '../../../test/support/workspace';
import { callProgram } from '../cli/testing/callProgram';
import type { OpenPhoto } from './photoPlace';
import { contentsOf, listed, rejects, StoreBucket } from './testing/storeBucket';

const largestBytes = 1e6;
const quick = ['--backend', 'cpu', '--threads', '1', '--set', 'clustering.superpixels=100'];
const allFormats = 'mask,overlay,npy,coco,labelme,classes';

suite('Photos in an object store', function () {
  this.timeout(240_000);
  const bucket = new StoreBucket();
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless store-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true });
  });

  /** Segments a photo that was opened, as a worker does, where it is not done yet. */
  function callResume({ file, output }: OpenPhoto, ...options: string[]) {
    const call = ['segment', file, '-o', output, '--resume', ...quick, '--json-lines', ...options];
    return callProgram(folder, ...call);
  }

  /** The same, without failures. @returns the status of a photo that was left as it is */
  async function segment(photo: OpenPhoto, ...options: string[]): Promise<string | undefined> {
    const { status, stdout, stderr } = await callResume(photo, ...options);
    assert.equal(status, 0, stderr);
    return (JSON.parse(stdout) as { status?: string }).status;
  }

  async function work(photos: string[], prefix = '', options: string[] = []) {
    const opened = await bucket.place(prefix);
    const results = [];
    for (const name of photos) {
      const photo = await opened.open(name, { largestBytes });
      results.push(await segment(photo, ...options));
      await photo.publish();
      await photo.release();
    }
    return results;
  }

  test('get the masks that they get in a folder, byte for byte, and are skipped by their digests then', async () => {
    const photos = ['a.png', 'a.jpg', 'day 1/b.png', 'day 1/hill+top %41/ü.png'];
    for (const [seed, name] of photos.entries()) {
      const png = picturePng(48, 32, seed + 1);
      mkdirSync(path.dirname(at('photos', name)), { recursive: true });
      writeFileSync(at('photos', name), png);
      await bucket.put(`in/${name}`, png);
    }
    const classes = JSON.stringify({ classes: [{ id: 3, name: 'sky', colour: '#0000ff' }] });
    writeFileSync(at('labelless.classes.json'), classes);
    await bucket.put('labelless.classes.json', classes);
    const inFolder = ['segment', 'photos', '--recursive', ...quick, '--format', allFormats];
    const call = await callProgram(folder, ...inFolder);
    assert.equal(call.status, 0, call.stderr);
    assert.deepEqual(await listed((await bucket.place('in')).list({ recursive: true })), [...photos].sort());
    assert.deepEqual(await listed((await bucket.place('in')).list({ recursive: false })), ['a.jpg', 'a.png']);
    await work(photos, 'in', ['--format', allFormats]);
    assert.deepEqual(bucket.contents('in'), contentsOf(at('photos')));
    const again = await work(photos, 'in/', ['--format', allFormats]);
    assert.deepEqual(again, ['done', 'done', 'done', 'done']);
  });

  test('cost two lists, one read and two writes each', async () => {
    const requests: string[] = [];
    const proxy = await StoreProxy.start(bucket.server.endpoint, ({ method = '', url = '' }) => {
      requests.push(method === 'GET' && url.includes('list-type=2') ? 'LIST' : method);
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      const opened = await bucket.place('deep/er/photos', 'masks');
      for (const [seed, name] of ['a.png', 'b.png'].entries()) {
        await bucket.put(`deep/er/photos/${name}`, picturePng(48, 32, seed));
        requests.length = 0; // the first photo looks for class files
        const photo = await opened.open(name, { largestBytes });
        await segment(photo);
        await photo.publish();
        await photo.release();
      }
    } finally {
      proxy.stop();
    }
    assert.deepEqual(requests, ['LIST', 'LIST', 'GET', 'PUT', 'PUT']);
  });

  test('keep what a person made of their masks', async () => {
    await bucket.put('a.png', picturePng(48, 32, 1));
    assert.deepEqual(await work(['a.png']), [undefined]);
    const mask = new Uint8Array(bucket.read('a.mask.png'));
    const painted = Buffer.from(await sharp(mask).negate().png().toBuffer());
    await bucket.put('a.mask.png', painted);
    const sidecar = bucket.read('a.mask.json');
    const photo = await (await bucket.place()).open('a.png', { largestBytes });
    const { status, stderr } = await callResume(photo);
    assert.equal(status, 1);
    assert.match(stderr, /its mask was changed since its sidecar was written; it may be a person's work/);
    await photo.publish();
    await photo.release();
    assert.ok(bucket.read('a.mask.png').equals(painted));
    assert.ok(bucket.read('a.mask.json').equals(sidecar));
  });

  test('have results of two writers: the same are fine, others are left as they are', async () => {
    await bucket.put('a.png', picturePng(48, 32, 1));
    const opened = await bucket.place();
    const [first, second, other] = await Promise.all([1, 2, 3].map(() => opened.open('a.png', { largestBytes })));
    await segment(first);
    await segment(second);
    await segment(other, '--seed', '7', '--granularity', '0.9');
    await first.publish();
    const files = bucket.contents();
    await second.publish();
    await rejects(other.publish(), 'changed', `s3://${bucket.name}/a.`, 'was changed by somebody else meanwhile');
    assert.deepEqual(bucket.contents(), files);
    for (const photo of [first, second, other]) await photo.release();
  });

  test('are those of one of the writers who publish at once', async () => {
    await bucket.put('a.png', picturePng(48, 32, 1));
    const opened = await bucket.place();
    const photos = await Promise.all(Array.from({ length: 4 }, () => opened.open('a.png', { largestBytes })));
    for (const [seed, photo] of photos.entries()) await segment(photo, '--seed', `${seed}`, '--format', 'mask,overlay');
    const outputs = photos.map(({ output }) => contentsOf(output));
    const outcomes = await Promise.allSettled(photos.map(photo => photo.publish()));
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        await rejects(Promise.reject(outcome.reason as Error), 'changed', 'a.mask.json');
    assert.deepEqual(bucket.contents(), outputs[winner]);
    for (const photo of photos) await photo.release();
  });

  test('are finished where a writer was killed before any of its writes', async () => {
    const picture = picturePng(48, 32, 1);
    await bucket.put('whole/a.png', picture);
    await work(['a.png'], 'whole', ['--format', 'mask,overlay']);
    const whole = bucket.contents('whole');
    const writes = Object.keys(whole).length - 1;
    const befores = {
      nothing: undefined,
      'other settings': ['--seed', '7', '--set', 'clustering.iterations=5'],
      less: ['--format', 'mask'],
    };
    for (const [before, options] of Object.entries(befores))
      for (let count = 0; count < writes; count++) {
        const prefix = `${before} ${count}`;
        await bucket.put(`${prefix}/a.png`, picture);
        if (options) await publishPart(prefix, writes, options);
        await publishPart(prefix, count, ['--format', 'mask,overlay']);
        const outcome = await work(['a.png'], prefix, ['--format', 'mask,overlay']);
        assert.deepEqual(outcome, [undefined], `${prefix}: it is made again`);
        assert.deepEqual(bucket.contents(prefix), whole, prefix);
      }
    assert.deepEqual(await work(['a.png'], 'less 2', ['--format', 'mask,overlay']), ['done']);
  });

  test('are left to a person who approved or painted them while they were made', async () => {
    await bucket.put('a.png', picturePng(48, 32, 1));
    await work(['a.png']);
    const [mask, sidecar] = [bucket.read('a.mask.png'), bucket.read('a.mask.json')];
    const opened = await bucket.place();
    const approved = sidecar.toString().replace('"status": "proposed"', '"status": "approved"');
    assert.notEqual(approved, sidecar.toString());
    const painted = await sharp(new Uint8Array(mask)).negate().png().toBuffer();
    const changes = [
      { name: 'a.mask.json', content: Buffer.from(approved), kept: /"status":"approved"/ },
      { name: 'a.mask.png', content: painted, kept: /its mask was changed since its sidecar was written/ },
    ];
    for (const { name, content, kept } of changes) {
      await bucket.put('a.mask.png', mask);
      await bucket.put('a.mask.json', sidecar);
      const photo = await opened.open('a.png', { largestBytes });
      await segment(photo, '--seed', '7', '--set', 'clustering.iterations=5');
      await bucket.put(name, content);
      await rejects(photo.publish(), 'changed', `s3://${bucket.name}/${name} was changed by somebody else`);
      await photo.release();
      assert.ok(bucket.read(name).equals(content), name);
      if (name !== 'a.mask.png') assert.ok(bucket.read('a.mask.png').equals(mask), 'the approved mask is as it was');
      const later = await opened.open('a.png', { largestBytes });
      const { stdout, stderr } = await callResume(later);
      assert.match(stdout + stderr, kept);
      await later.release();
    }
  });

  /** Segments a photo and ends before a further object is written. @returns the number of those that were */
  async function publishPart(prefix: string, most: number, options: string[]): Promise<number> {
    const killed = new AbortController();
    let writes = 0;
    const proxy = await StoreProxy.start(bucket.server.endpoint, ({ method }) => {
      if (method !== 'PUT' && method !== 'DELETE') return 'pass';
      if (writes === most) {
        killed.abort();
        return 'drop';
      }
      writes++;
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      const photo = await (await bucket.place(prefix)).open('a.png', { largestBytes });
      await segment(photo, ...options);
      await photo.publish(killed.signal).catch((error: unknown) => {
        if (!killed.signal.aborted) throw error;
      });
      await photo.release();
    } finally {
      proxy.stop();
      process.env.AWS_ENDPOINT_URL_S3 = bucket.server.endpoint;
    }
    return writes;
  }
});
