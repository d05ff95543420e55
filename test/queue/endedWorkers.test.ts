import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Queue } from 'bullmq';
import { bullPrefix } from '../../server/src/queue/queueKeys';
import { until } from '../support/until';
import { type QueueTrial, type StartedWorker, withQueueTrial } from './queueTrial';

/** The processes of a worker in which photos are segmented. */
function photoProcesses({ process: { pid } }: StartedWorker): number[] {
  try {
    return execFileSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

suite('Workers that end', function () {
  this.timeout(240_000);
  let trial: QueueTrial;

  withQueueTrial(opened => {
    trial = opened;
  });

  test('lose nothing when they are told to stop', async () => {
    trial.writePhotos(30);
    await trial.enqueue('stopped');
    const worker = trial.work('--concurrency', '2');
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    worker.process.kill('SIGINT');
    assert.equal(await worker.ended, 130, worker.output());
    assert.match(worker.output(), /^labelless: stopped; what was not done waits for other workers$/m);
    const { photos, jobs, workers } = await trial.status('stopped');
    assert.ok(photos.done > 0 && photos.waiting > 0, JSON.stringify(photos));
    assert.deepEqual([jobs.running, jobs.waiting + jobs.done, workers.length], [0, 2, 0]);
    assert.equal(photos.done, worker.output().match(/: done$/gm)?.length);
    assert.equal(await trial.work('--until-done').ended, 0);
    await trial.assertThrough('stopped', 30);
  });

  test('are blamed on no photo but the one at which their process died, and go on in a new one', async () => {
    trial.writePhotos(20);
    await trial.enqueue('dies');
    const worker = trial.work('--until-done');
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    for (const pid of photoProcesses(worker)) process.kill(pid, 'SIGKILL');
    assert.equal(await worker.ended, 0, worker.output());
    assert.equal(worker.output().match(/failed: the process that segmented it was ended \(SIGKILL, often/g)?.length, 1);
    await trial.assertThrough('dies', 20);
  });

  test('count nothing twice when they wake up and their jobs are others’ now', async () => {
    trial.writePhotos(20);
    await trial.enqueue('asleep');
    const sleeper = trial.work();
    await until('the worker has done a photo', () => sleeper.output().includes(': done'));
    const processes = [sleeper.process.pid!, ...photoProcesses(sleeper)];
    for (const pid of processes) process.kill(pid, 'SIGSTOP');
    const other = trial.work('--until-done');
    assert.equal(await other.ended, 0, other.output());
    await trial.assertThrough('asleep', 20);
    const before = trial.files();
    const known = sleeper.output();
    for (const pid of processes) process.kill(pid, 'SIGCONT');
    await until('the worker goes on', () => sleeper.output() !== known);
    sleeper.process.kill('SIGTERM');
    assert.equal(await sleeper.ended, 130);
    await trial.assertThrough('asleep', 20);
    assert.deepEqual((await trial.status('asleep')).jobs, { waiting: 0, running: 0, delayed: 0, done: 1, failed: 0 });
    assert.deepEqual(trial.files(), before);
  });

  test('one after the other at the same photo set it aside, and do the others first', async () => {
    trial.writePhotos(3);
    await trial.enqueue('ends');
    const connection = trial.redis.connect();
    const [id] = await connection.hkeys('labelless-state:ends:jobs');
    const outcomes = `labelless-state:ends:outcomes:${id}`;
    await connection.hset('labelless-state:ends:attempts', `${id}/0/ends`, 4);
    await connection.hset('labelless-state:ends:underway', id, 0); // as a worker leaves it that is killed there
    const worker = trial.work('--until-done');
    assert.equal(await worker.ended, 0, worker.output());
    assert.deepEqual(worker.output().match(/photo \d/g), ['photo 1', 'photo 2', 'photo 0']);
    await trial.assertThrough('ends', 3);
    await connection.hset('labelless-state:ends:attempts', `${id}/1/ends`, 5);
    await connection.hset('labelless-state:ends:underway', id, 1);
    await connection.setrange(outcomes, 1, '\0');
    connection.options.maxRetriesPerRequest = null;
    const queue = new Queue('ends', { connection, prefix: bullPrefix });
    await (await queue.getJob(id))!.retry('completed');
    await queue.close();
    connection.disconnect();
    assert.equal(await trial.work('--until-done').ended, 0);
    await trial.assertThrough('ends', 3, { done: 2, failed: 1 });
    assert.match((await trial.status('ends')).failures[0].reason, /^6 workers ended while they segmented it/);
  });
});
