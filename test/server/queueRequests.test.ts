import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ListQueuesRequest, WatchQueueRequest, type QueueAnswer } from '../../protocol/queueMessages';
import { bullPrefix, outcomesKey, stateKey } from '../../server/src/queue/queueKeys';
import { type QueueTrial, withQueueTrial } from '../queue/queueTrial';
import { freePort } from '../support/freePort';
import { RedisServer } from '../support/redisServer';
import { until } from '../support/until';
import { TestClient } from './testClient';

/** The part of an answer that Redis has given. */
function opened<Answer>(answer: QueueAnswer<Answer>): { state: 'open' } & Answer {
  assert.equal(answer.state, 'open', JSON.stringify(answer));
  return answer;
}

suite('Queues that are watched', function () {
  this.timeout(120_000);
  let client: TestClient;
  let trial: QueueTrial;

  setup(async () => {
    client = await TestClient.start();
  });
  teardown(() => client.close());
  withQueueTrial(opened => {
    trial = opened;
  });
  suiteTeardown(() => {
    TestClient.endAll();
  });

  const look = (name: string, watch = 'one', url = trial.redis.url) =>
    client.connection.sendRequest(WatchQueueRequest, { url, name, watch });
  const list = (url = trial.redis.url, password?: string) =>
    client.connection.sendRequest(ListQueuesRequest, { url, ...(password !== undefined && { password }) });
  const uriOf = (name: string) => pathToFileURL(path.join(trial.photos, name)).href;

  /** Queues photos that nobody has to be able to read. */
  async function enqueueNames(name: string, names: readonly string[], ...args: string[]): Promise<void> {
    for (const photo of names) writeFileSync(path.join(trial.photos, photo), '');
    const { status, stderr } = await trial.enqueue(name, ...args);
    assert.equal(status, 0, stderr);
  }

  /** Notes in Redis that all photos of a queue are done. */
  async function finishAll(name: string): Promise<void> {
    const redis = trial.redis.connect();
    const jobs = await redis.hgetall(stateKey(name, 'jobs'));
    for (const [id, size] of Object.entries(jobs)) await redis.set(outcomesKey(name, id), 'd'.repeat(Number(size)));
    redis.disconnect();
  }

  test('are listed by name, and tell each watch of a result once', async () => {
    trial.writePhotos(2);
    writeFileSync(path.join(trial.photos, 'bad.png'), 'no picture');
    await trial.enqueue('seen');
    const before = opened(await look('seen'));
    assert.deepEqual(before.queue?.photos, { all: 3, done: 0, kept: 0, failed: 0 });
    assert.equal(before.queue.openJobs, 1);
    assert.deepEqual(before.results, { images: [], more: false, elsewhere: [], maskFolders: [] });
    await trial.enqueue('another');
    assert.equal(await trial.work('--name', 'seen', '--until-done').ended, 0);
    const { queues } = opened(await list());
    assert.deepEqual(
      queues.map(({ name, photos }) => [name, photos.all, photos.done]),
      [
        ['another', 3, 0],
        ['seen', 3, 2],
      ],
    );
    const after = opened(await look('seen'));
    assert.deepEqual(after.results.images.toSorted(), ['photo 0.png', 'photo 1.png'].map(uriOf));
    assert.deepEqual(after.queue?.photos, { all: 3, done: 2, kept: 0, failed: 1 });
    assert.equal(after.queue.openJobs, 0);
    assert.deepEqual(
      [after.queue.timeLeft, after.queue.failureCount, after.queue.failures[0].photo],
      ['0 s', 1, 'bad.png'],
    );
    assert.deepEqual(opened(await look('seen')).results.images, []);
    assert.equal(opened(await look('seen', 'two')).results.images.length, 2);
    assert.equal(opened(await look('nothing')).queue, null);
  });

  test('tell at most 1000 results at once, and all in the end', async () => {
    const names = Array.from({ length: 2345 }, (_, index) => `photo ${index}.png`);
    await enqueueNames('many', names, '--batch', '100');
    await finishAll('many');
    const told: string[] = [];
    for (let more = true; more;) {
      const { results } = opened(await look('many'));
      assert.ok(results.images.length <= 1000 && results.images.length > 0, `${results.images.length}`);
      told.push(...results.images);
      ({ more } = results);
    }
    assert.deepEqual(told.toSorted(), names.map(uriOf).toSorted());
  });

  test('tell where results lie that this machine does not see, and masks that are not beside photos', async () => {
    await enqueueNames('apart', ['a.png'], '--output', 'masks');
    await finishAll('apart');
    const masks = path.join(trial.folder, 'masks');
    const apart = opened(await look('apart'));
    assert.deepEqual(apart.results, { images: [uriOf('a.png')], more: false, elsewhere: [], maskFolders: [masks] });
    rmSync(trial.photos, { recursive: true });
    const gone = opened(await look('apart', 'two'));
    assert.deepEqual(gone.results, { images: [], more: false, elsewhere: [masks], maskFolders: [] });
  });

  test('lead to no file outside of their folder, and jobs of other programs to none', async () => {
    await enqueueNames('odd', ['a.png', 'b.png']);
    await finishAll('odd');
    const redis = trial.redis.connect();
    const [id] = await redis.hkeys(stateKey('odd', 'jobs'));
    const key = `${bullPrefix}:odd:${id}`;
    const data = (await redis.hget(key, 'data')) ?? '';
    await redis.hset(key, 'data', data.replace('"a.png"', '"../secret.png"'));
    assert.deepEqual(opened(await look('odd')).results.images, [uriOf('b.png')]);
    await redis.hset(key, 'data', '{"kind":"mail"');
    assert.deepEqual(opened(await look('odd', 'two')).results.images, []);
    redis.disconnect();
  });

  test('are away while Redis is, and go on when it is back', async () => {
    await enqueueNames('back', ['a.png']);
    opened(await look('back'));
    await trial.redis.end();
    const away = await look('back');
    assert.ok(away.state === 'away', JSON.stringify(away));
    assert.match(away.reason, /^Redis at redis:\/\/127\.0\.0\.1:\d+ (cannot be reached|ended the connection)/);
    await trial.redis.start();
    await until('Redis answers', async () => (await look('back')).state === 'open');
    await finishAll('back');
    assert.deepEqual(opened(await look('back')).results.images, [uriOf('a.png')]);
  });

  test('need the password that Redis wants, which no log tells', async () => {
    const closed = await RedisServer.start('--requirepass', 'correct horse');
    try {
      assert.deepEqual(await list(closed.url), { state: 'login' });
      assert.deepEqual(await list(closed.url, 'wrong horse'), { state: 'login' });
      assert.deepEqual(await list(closed.url, 'correct horse'), { state: 'open', queues: [] });
      assert.doesNotMatch([...client.log, ...client.warnings].join('\n'), /horse/);
    } finally {
      await closed.remove();
    }
  });

  test('tell what is wrong where there is no Redis', async () => {
    const nobody = await list(`redis://127.0.0.1:${await freePort()}`);
    assert.ok(nobody.state === 'away' && nobody.reason.includes('cannot be reached: nothing listens at this port'));
    const other = createServer(socket => {
      socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const url = `redis://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const reason = await list(url).then(
      answer => (answer.state === 'away' ? answer.reason : answer.state),
      (error: Error) => error.message,
    );
    assert.match(
      reason,
      /^Redis at redis:\/\/127\.0\.0\.1:\d+ does not answer as Redis does; is it another program\?$/,
    );
    other.close();
    await assert.rejects(list('http://127.0.0.1'), /redis:\/\/HOST:PORT is wanted/);
  });
});
