import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from '../support/until';
import { quick, type QueueTrial, withQueueTrial, writePhoto } from './queueTrial';

suite('Photos in a queue', function () {
  this.timeout(240_000);
  let trial: QueueTrial;

  withQueueTrial(opened => {
    trial = opened;
  });

  test('are queued once, whatever is called twice', async () => {
    trial.writePhotos(45);
    const first = await trial.enqueue('twice');
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stderr, /^labelless: twice: queued 45 photos in 3 jobs$/m);
    const second = await trial.enqueue('twice', '--json');
    assert.deepEqual(JSON.parse(second.stdout), { name: 'twice', photos: 0, jobs: 0, known: 45 });
    writePhoto(path.join(trial.photos, 'another.png'));
    assert.deepEqual(JSON.parse((await trial.enqueue('twice', '--json')).stdout), {
      name: 'twice',
      photos: 1,
      jobs: 1,
      known: 45,
    });
    const { photos, jobs, failureCount } = await trial.status('twice');
    assert.deepEqual(photos, { all: 46, done: 0, kept: 0, failed: 0, waiting: 46 });
    assert.deepEqual({ waiting: jobs.waiting, failureCount }, { waiting: 4, failureCount: 0 });
  });

  test('are all done once a worker of two was killed, with the bytes of one process', async () => {
    trial.writePhotos(45);
    const alone = path.join(trial.folder, 'alone');
    cpSync(trial.photos, alone, { recursive: true });
    await trial.enqueue('killed');
    const killed = trial.work('--name', 'killed');
    const other = trial.work('--name', 'killed', '--until-done');
    await until('the worker has done a photo', () => killed.output().includes(': done'));
    killed.process.kill('SIGKILL');
    assert.equal(await other.ended, 0, other.output());
    const { photos, jobs } = await trial.status('killed');
    assert.deepEqual(photos, { all: 45, done: 45, kept: 0, failed: 0, waiting: 0 });
    assert.deepEqual(jobs, { waiting: 0, running: 0, delayed: 0, done: 3, failed: 0 });
    assert.equal((await trial.callIn({}, 'segment', 'alone', ...quick)).status, 0);
    assert.deepEqual(trial.files(), trial.files(alone));
  });

  test('that cannot be read are set aside after three attempts, and the rest is done', async () => {
    trial.writePhotos(3);
    const bad = path.join(trial.photos, 'photo 1.png');
    writeFileSync(bad, 'no picture');
    await trial.enqueue('bad');
    const worker = trial.work('--until-done');
    assert.equal(await worker.ended, 0, worker.output());
    assert.equal(worker.output().match(/photo 1\.png: failed: it is not an image/g)?.length, 2);
    assert.equal(worker.output().match(/photo 1\.png: set aside: it is not an image/g)?.length, 1);
    const { photos, failures, failureCount } = await trial.status('bad');
    assert.deepEqual(photos, { all: 3, done: 2, kept: 0, failed: 1, waiting: 0 });
    assert.deepEqual([failures[0].photo, failures[0].outcome, failureCount], ['photo 1.png', 'failed', 1]);
    const told = await trial.call('status', '--name', 'bad');
    assert.equal(told.status, 1);
    assert.match(told.stdout, /photo 1\.png: failed: it is not an image that can be read/);
    const folder = await trial.callIn({}, 'status', 'photos', '--json', ...quick);
    assert.match(folder.stdout, /"progress":"failed","reason":"it is not an image that can be read/);
    writePhoto(bad);
    assert.match((await trial.call('retry', '--name', 'bad')).stderr, /^labelless: bad: queued 1 photo once more$/m);
    assert.equal(await trial.work('--until-done').ended, 0);
    const after = await trial.status('bad');
    assert.deepEqual(after.photos, { all: 3, done: 3, kept: 0, failed: 0, waiting: 0 });
    assert.equal(after.failureCount, 0);
  });

  test('of a person are left alone', async () => {
    trial.writePhotos(2);
    const person = path.join(trial.photos, 'photo 0.mask.png');
    await trial.callIn({}, 'segment', path.join('photos', 'photo 0.png'), ...quick);
    const sidecar = path.join(trial.photos, 'photo 0.mask.json');
    writeFileSync(sidecar, readFileSync(sidecar, 'utf8').replace('"status": "proposed"', '"status": "approved"'));
    const before = [readFileSync(person), readFileSync(sidecar)];
    assert.ok(before[1].includes('"approved"'));
    await trial.enqueue('person');
    assert.equal(await trial.work('--until-done').ended, 0);
    assert.deepEqual((await trial.status('person')).photos, { all: 2, done: 1, kept: 1, failed: 0, waiting: 0 });
    assert.deepEqual([readFileSync(person), readFileSync(sidecar)], before);
  });
});
