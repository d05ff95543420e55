import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tinyExperiment, trainTiny } from '../../server/src/engine/adaptation/testing/tinyRuns';
import { contentsOf, StoreBucket } from '../../server/src/storage/testing/storeBucket';
import { until } from '../support/until';
import { quick, type QueueTrial, withQueueTrial, writePhoto } from './queueTrial';

suite('Photos of an object store in a queue', function () {
  this.timeout(240_000);
  const bucket = new StoreBucket();
  let trial: QueueTrial;

  withQueueTrial(opened => {
    trial = opened;
  });

  async function upload(folder: string, prefix: string): Promise<void> {
    for (const [name, content] of Object.entries(contentsOf(folder)))
      await bucket.put(`${prefix}/${name}`, Buffer.from(content, 'base64'));
  }

  test('are all done once a worker of two was killed, with the bytes of one process in a folder', async () => {
    for (const folder of ['day 1', 'day 2']) mkdirSync(path.join(trial.photos, folder));
    const names = Array.from({ length: 24 }, (_, i) => `day ${1 + (i % 2)}/photo ${i}.png`);
    for (const name of names) writePhoto(path.join(trial.photos, name));
    await upload(trial.photos, 'photos');
    const source = `s3://${bucket.name}/photos`;
    const args = [source, '-o', `s3://${bucket.name}/masks`, '--recursive', '--format', 'mask,coco', ...quick];
    const queued = await trial.call('enqueue', ...args, '--name', 'stored', '--batch', '20');
    assert.match(queued.stderr, /queued 24 photos in 2 jobs/);
    const killed = trial.work();
    const other = trial.work('--until-done');
    await until('the worker has done a photo', () => killed.output().includes(': done'));
    killed.process.kill('SIGKILL');
    assert.equal(await other.ended, 0, other.output());
    assert.deepEqual((await trial.status('stored')).photos, { all: 24, done: 24, kept: 0, failed: 0, waiting: 0 });
    const alone = await trial.callIn({}, 'segment', 'photos', '-o', 'masks', ...args.slice(3));
    assert.equal(alone.status, 0, alone.stderr);
    assert.deepEqual(bucket.contents('masks'), contentsOf(path.join(trial.folder, 'masks')));
    assert.deepEqual(bucket.contents('photos'), contentsOf(trial.photos));
    await until('the copies of the killed worker are gone', async () => {
      await bucket.place();
      return bucket.copies().length === 0;
    });
  });

  test('are segmented by a network of the store', async () => {
    await trainTiny(path.join(trial.folder, 'night'), tinyExperiment('none', 8));
    await upload(path.join(trial.folder, 'night'), 'runs/night');
    writePhoto(path.join(trial.photos, 'a.png'));
    await upload(trial.photos, 'photos');
    process.env.XDG_CACHE_HOME = path.join(trial.folder, 'cache');
    const adapted = ['--method', 'adapted', '--backend', 'cpu', '--threads', '1', '--checkpoint'];
    const call = ['enqueue', `s3://${bucket.name}/photos`, '--name', 'adapted'];
    const queued = await trial.call(call[0], ...call.slice(1), ...adapted, `s3://${bucket.name}/runs/night`);
    assert.equal(queued.status, 0, queued.stderr);
    const worker = trial.work('--until-done');
    assert.equal(await worker.ended, 0, worker.output());
    assert.deepEqual((await trial.status('adapted')).photos, { all: 1, done: 1, kept: 0, failed: 0, waiting: 0 });
    const alone = await trial.callIn({}, 'segment', 'photos', ...adapted, path.join(trial.folder, 'night'));
    assert.equal(alone.status, 0, alone.stderr);
    assert.deepEqual(bucket.contents('photos'), contentsOf(trial.photos));
  });

  test('wait for a store that is away, and are done once it is back', async () => {
    trial.writePhotos(20);
    await upload(trial.photos, 'photos');
    await trial.call('enqueue', `s3://${bucket.name}/photos`, '--name', 'away', ...quick);
    const worker = trial.work('--until-done');
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    await bucket.server.halt();
    await until('the worker tells it', () => worker.output().includes(`${bucket.server.endpoint} cannot be reached`));
    await bucket.server.run();
    assert.equal(await worker.ended, 0, worker.output());
    assert.deepEqual((await trial.status('away')).photos, { all: 20, done: 20, kept: 0, failed: 0, waiting: 0 });
    const alone = await trial.callIn({}, 'segment', 'photos', ...quick);
    assert.equal(alone.status, 0, alone.stderr);
    assert.deepEqual(bucket.contents('photos'), contentsOf(trial.photos));
  });

  test('are told with bucket and key where they cannot be had', async () => {
    const nowhere = ['s3://no-such-bucket/x', '--name', 'nowhere'];
    const { status, stderr } = await trial.call('enqueue', ...nowhere);
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `labelless: there is no bucket no-such-bucket at ${bucket.server.endpoint} (s3://no-such-bucket/x/)\n`,
    );
    const photo = path.join(trial.photos, 'a.png');
    writePhoto(photo);
    await bucket.put('a.png', readFileSync(photo));
    await bucket.put('broken.png', 'no picture');
    writeFileSync(path.join(trial.photos, 'broken.png'), 'no picture');
    const reader = { key: 'queue-reader', secret: 'secret of a reader' };
    await bucket.server.addUser(bucket.name, reader, ['s3:GetObject', 's3:ListBucket']);
    await trial.call('enqueue', `s3://${bucket.name}`, '--name', 'reader', ...quick);
    bucket.become(reader);
    const worker = trial.work();
    await until('the worker tells it', () => worker.output().includes('no right to write'));
    assert.ok(worker.output().includes(`no right to write s3://${bucket.name}/a.mask.json`), worker.output());
    assert.ok(!worker.output().includes(reader.secret));
    worker.process.kill('SIGTERM');
    await worker.ended;
    bucket.become(bucket.server.root);
    const other = trial.work('--until-done');
    assert.equal(await other.ended, 0, other.output());
    const { photos, failures } = await trial.status('reader');
    assert.deepEqual(photos, { all: 2, done: 1, kept: 0, failed: 1, waiting: 0 });
    assert.match(failures[0].reason ?? '', /it is not an image/);
    assert.ok(bucket.contents()['a.mask.png']);
  });
});
