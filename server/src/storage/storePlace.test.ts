import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { StoreProxy } from '../../../test/support/storeProxy';
import { StoreServer } from '../../../test/support/storeServer';
import { storeProgram } from '../../../test/support/storeTool';
import { picturePng } from '../../../test/support/workspace';
import { callProgram } from '../cli/testing/callProgram';
import { openPhotoPlace } from './openPlace';
import { PlaceError, type OpenPhoto, type PlaceProblem } from './photoPlace';

const largestBytes = 1e6;
const allFormats = 'mask,overlay,npy,coco,labelme,classes';

/** All files of a folder by their paths in it. */
function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return Object.fromEntries(paths.map(file => [path.relative(folder, file), readFileSync(file, 'base64')]));
}

const copiesLeft = () =>
  readdirSync(os.tmpdir()).filter(
    name => name.startsWith('labelless-photo-') && name.split('-')[3] === process.pid.toString(36),
  );

async function rejects(promise: Promise<unknown>, problem: PlaceProblem, ...texts: string[]): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof PlaceError, String(error));
    assert.equal(error.problem, problem, error.message);
    for (const text of texts) assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

async function all(names: AsyncIterable<string>): Promise<string[]> {
  const listed = [];
  for await (const name of names) listed.push(name);
  return listed;
}

suite('Photos in an object store', function () {
  this.timeout(240_000);
  let server: StoreServer;
  let folder: string;
  let bucket: string;
  let buckets = 0;
  const { env } = process;
  const at = (...names: string[]) => path.join(folder, ...names);

  suiteSetup(async function () {
    this.timeout(240_000);
    const program = storeProgram();
    if (program === undefined) return this.skip();
    server = await StoreServer.start(program);
  });
  suiteTeardown(() => server?.stop());

  setup(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless store-'));
    bucket = `bucket-${++buckets}`;
    await server.s3.createBucket({ Bucket: bucket });
    process.env = { ...env, ...server.environment() };
  });
  teardown(() => {
    process.env = env;
    rmSync(folder, { recursive: true });
    assert.deepEqual(copiesLeft(), []);
  });

  const place = (prefix = '', results?: string) =>
    openPhotoPlace({
      photos: `s3://${bucket}/${prefix}`,
      results: results === undefined ? undefined : `s3://${bucket}/${results}`,
    });
  const stored = (key: string) => readFileSync(path.join(server.bucketFolder(bucket), key));

  /** Segments a photo that was opened as a worker does. @returns what `labelless` said */
  async function segment({ file, output }: OpenPhoto, ...options: string[]) {
    const call = ['segment', file, '-o', output, '--resume', '--threads', '1', '--json-lines', ...options];
    const { status, stdout, stderr } = await callProgram(folder, ...call);
    assert.equal(status, 0, stderr);
    return (JSON.parse(stdout) as { status?: string }).status;
  }

  async function work(photos: string[], prefix = '', options: string[] = []) {
    const opened = await place(prefix);
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
      await server.put(bucket, `in/${name}`, png);
    }
    const classes = JSON.stringify({ classes: [{ id: 3, name: 'sky', colour: '#0000ff' }] });
    writeFileSync(at('labelless.classes.json'), classes);
    await server.put(bucket, 'labelless.classes.json', classes);
    const inFolder = ['segment', 'photos', '--recursive', '--threads', '1', '--format', allFormats];
    const call = await callProgram(folder, ...inFolder);
    assert.equal(call.status, 0, call.stderr);
    assert.deepEqual(await all((await place('in')).list({ recursive: true })), [...photos].sort());
    assert.deepEqual(await all((await place('in')).list({ recursive: false })), ['a.jpg', 'a.png']);
    await work(photos, 'in', ['--format', allFormats]);
    assert.deepEqual(contentsOf(path.join(server.bucketFolder(bucket), 'in')), contentsOf(at('photos')));
    const again = await work(photos, 'in/', ['--format', allFormats]);
    assert.deepEqual(again, ['done', 'done', 'done', 'done']);
  });

  test('keep what a person made of their masks', async () => {
    await server.put(bucket, 'a.png', picturePng(48, 32, 1));
    assert.deepEqual(await work(['a.png']), [undefined]);
    const mask = new Uint8Array(stored('a.mask.png'));
    const painted = Buffer.from(await sharp(mask).negate().png().toBuffer());
    await server.put(bucket, 'a.mask.png', painted);
    const sidecar = stored('a.mask.json');
    const photo = await (await place()).open('a.png', { largestBytes });
    const call = ['segment', photo.file, '-o', photo.output, '--resume', '--threads', '1', '--json-lines'];
    const { status, stderr } = await callProgram(folder, ...call);
    assert.equal(status, 1);
    assert.match(stderr, /its mask was changed since its sidecar was written; it may be a person's work/);
    await photo.publish();
    await photo.release();
    assert.ok(stored('a.mask.png').equals(painted));
    assert.ok(stored('a.mask.json').equals(sidecar));
  });

  test('have results of two writers: the same are fine, others are left as they are', async () => {
    await server.put(bucket, 'a.png', picturePng(48, 32, 1));
    const opened = await place();
    const [first, second, other] = await Promise.all([1, 2, 3].map(() => opened.open('a.png', { largestBytes })));
    await segment(first);
    await segment(second);
    await segment(other, '--seed', '7', '--granularity', '0.9');
    await first.publish();
    const files = contentsOf(server.bucketFolder(bucket));
    await second.publish();
    await rejects(other.publish(), 'changed', `s3://${bucket}/a.`, 'was changed by somebody else meanwhile');
    assert.deepEqual(contentsOf(server.bucketFolder(bucket)), files);
    for (const photo of [first, second, other]) await photo.release();
  });

  test('are finished where a writer was killed before any of its writes', async () => {
    const picture = picturePng(48, 32, 1);
    await server.put(bucket, 'whole/a.png', picture);
    await work(['a.png'], 'whole');
    const whole = contentsOf(path.join(server.bucketFolder(bucket), 'whole'));
    const writes = Object.keys(whole).length - 1;
    for (const before of ['nothing', 'other settings'])
      for (let count = 0; count < writes; count++) {
        const prefix = `${before} ${count}`;
        await server.put(bucket, `${prefix}/a.png`, picture);
        if (before !== 'nothing') await publishPart(prefix, writes, ['--seed', '7', '--granularity', '0.9']);
        const written = await publishPart(prefix, count, []);
        assert.equal(written, count, prefix);
        assert.deepEqual(await work(['a.png'], prefix), [undefined], `${prefix}: it is made again`);
        assert.deepEqual(contentsOf(path.join(server.bucketFolder(bucket), prefix)), whole, prefix);
      }
  });

  /** Segments a photo and ends before a further object is written. @returns the number of those that were */
  async function publishPart(prefix: string, most: number, options: string[]): Promise<number> {
    const killed = new AbortController();
    let writes = 0;
    const proxy = await StoreProxy.start(server.endpoint, ({ method }) => {
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
      const photo = await (await place(prefix)).open('a.png', { largestBytes });
      await segment(photo, ...options);
      await photo.publish(killed.signal).catch((error: unknown) => {
        if (!killed.signal.aborted) throw error;
      });
      await photo.release();
    } finally {
      proxy.stop();
      process.env.AWS_ENDPOINT_URL_S3 = server.endpoint;
    }
    return writes;
  }
});
