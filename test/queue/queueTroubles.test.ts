import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Queue } from 'bullmq';
import { bullPrefix } from '../../server/src/queue/queueKeys';
import { freePort } from '../support/freePort';
import { until } from '../support/until';
import { quick, QueueTrial, withQueueTrial } from './queueTrial';

suite('A queue in trouble', function () {
  this.timeout(240_000);
  let trial: QueueTrial;

  withQueueTrial(opened => {
    trial = opened;
  });

  /** Adds a job as another program would. */
  const addForeign = async (name: string, data: unknown) => {
    const connection = trial.redis.connect();
    connection.options.maxRetriesPerRequest = null;
    const queue = new Queue(name, { connection, prefix: bullPrefix });
    await queue.add('mail', data);
    await queue.close();
    connection.disconnect();
  };

  test('goes on when Redis is started anew', async () => {
    trial.writePhotos(30);
    await trial.enqueue('away');
    const worker = trial.work('--until-done');
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    await trial.redis.end();
    await until('the worker tells', () => worker.output().includes('; waiting'));
    await trial.redis.start();
    assert.equal(await worker.ended, 0, worker.output());
    assert.match(worker.output(), /^labelless: Redis at redis:\/\/127\.0\.0\.1:\d+ ended the connection; waiting$/m);
    assert.match(worker.output(), /^labelless: Redis at .* is back$/m);
    await trial.assertThrough('away', 30);
  });

  test('ends its workers when Redis stays away, behind the photo under way', async () => {
    trial.writePhotos(30);
    await trial.enqueue('gone');
    const worker = trial.work('--patience', '2');
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    await trial.redis.end('SIGKILL');
    assert.equal(await worker.ended, 1, worker.output());
    assert.match(worker.output(), /^labelless: Redis at .*: nothing listens at this port; waited for 2 s$/m);
    await trial.redis.start();
    assert.equal(await trial.work('--until-done').ended, 0);
    await trial.assertThrough('gone', 30);
    assert.deepEqual(
      [...trial.files().keys()].filter(name => name.includes('.labelless')),
      [],
    );
  });

  test('is told clearly where Redis is not, or wants another password, which is never shown', async () => {
    const port = await freePort();
    const locked = await QueueTrial.open('--requirepass', 'secret-word');
    try {
      const at = `127.0.0.1:${locked.redis.port}`;
      const queued = async (url: string, env: NodeJS.ProcessEnv = {}) =>
        locked.callIn(env, 'enqueue', 'photos', '--name', 'x', '--patience', '0', '--queue', url);
      for (const [url, env, status, reason] of [
        [`redis://127.0.0.1:${port}`, {}, 1, /^labelless: Redis at .*:\d+ cannot be reached: nothing listens/m],
        ['redis://no-such-host.invalid', {}, 1, /^labelless: Redis at .* cannot be reached: there is no host/m],
        [`redis://${at}`, {}, 1, /^labelless: Redis at .* wants a password; set LABELLESS_QUEUE_PASSWORD$/m],
        [`redis://:wrong-word@${at}`, {}, 1, /^labelless: Redis at redis:\/\/127.* refuses name or password/m],
        [`redis://${at}`, { LABELLESS_QUEUE_PASSWORD: 'wrong-word' }, 1, /refuses name or password/],
        [`rediss://:secret-word@${at}`, {}, 1, /^labelless: Redis at .*; does it speak TLS at this port\?$/m],
        [`redis://:secret-word/word@${at}`, {}, 2, /^labelless: --queue: redis:\/\/HOST:PORT is wanted/m],
        [`http://:secret-word@${at}`, {}, 2, /^labelless: --queue: redis:\/\/HOST:PORT is wanted/m],
        [`redis://:secret-word@${at}`, {}, 1, /photos has no photos/],
        [`redis://${at}`, { LABELLESS_QUEUE_PASSWORD: 'secret-word' }, 1, /photos has no photos/],
      ] as const) {
        const call = await queued(url, env);
        assert.equal(call.status, status, `${url}: ${call.stderr}`);
        assert.match(call.stderr, reason);
        assert.doesNotMatch(call.stdout + call.stderr, /secret|wrong-word/);
        assert.doesNotMatch(call.stderr, /Error|\bat .*:\d+:\d+\)|ioredis/);
      }
      assert.match((await queued(`redis://${at}?x=secret-word`)).stderr, /nothing with \? or #/);
    } finally {
      await locked.remove();
    }
  });

  test('leaves jobs of other programs alone and says so', async () => {
    trial.writePhotos(3);
    await addForeign('mixed', { to: 'somebody@example.org' });
    await addForeign('mixed', { kind: 'labelless photos', set: 'x', photos: ['../../secret.png'] });
    await addForeign('mixed', {});
    const connection = trial.redis.connect();
    await connection.hset(`${bullPrefix}:mixed:3`, 'data', '{');
    connection.disconnect();
    await trial.enqueue('mixed');
    const worker = trial.work('--until-done');
    assert.equal(await worker.ended, 0, worker.output());
    assert.match(worker.output(), /mixed: a job is not one of Labelless/g);
    await trial.assertThrough('mixed', 3);
    const { jobs } = await trial.status('mixed');
    assert.deepEqual([jobs.done, jobs.failed], [1, 3]);
  });

  test('keeps jobs of another version for workers of that version', async () => {
    trial.writePhotos(1);
    await trial.enqueue('older');
    const connection = trial.redis.connect();
    const [id] = await connection.hkeys('labelless-state:older:jobs');
    const key = `${bullPrefix}:older:${id}`;
    const data = JSON.parse((await connection.hget(key, 'data'))!) as { set: { version: string } };
    data.set.version = '0.0.9';
    await connection.hset(key, 'data', JSON.stringify(data));
    connection.disconnect();
    const worker = trial.work();
    await until('the worker tells', () => worker.output().includes('of Labelless 0.0.9'));
    await until('the status tells', async () => {
      const { workers, photos } = await trial.status('older');
      return photos.waiting === 1 && (workers[0]?.trouble ?? '').includes('left for workers of that version');
    });
    worker.process.kill('SIGTERM');
    assert.equal(await worker.ended, 130);
  });

  test('waits for a worker that sees the folder', async () => {
    trial.writePhotos(3);
    await trial.enqueue('unseen');
    const hidden = path.join(trial.folder, 'unmounted');
    renameSync(trial.photos, hidden);
    const worker = trial.work('--until-done');
    await until('the worker tells', () => worker.output().includes('is not there on this machine'));
    mkdirSync(trial.photos); // the folder at which a disk is mounted
    await until('the worker tells', () => worker.output().includes('is its disk mounted?'));
    rmSync(trial.photos, { recursive: true });
    renameSync(hidden, trial.photos);
    assert.equal(await worker.ended, 0, worker.output());
    assert.doesNotMatch(worker.output(), /failed|set aside/);
    await trial.assertThrough('unseen', 3);
  });

  test('waits for a worker on which the back end and the network of a job can be used', async () => {
    trial.writePhotos(2);
    const absent = process.platform === 'win32' ? 'coreml' : 'directml';
    await trial.enqueue('accelerated', '--backend', absent);
    await trial.enqueue('trained', '--checkpoint', 'nowhere');
    const worker = trial.work();
    await until('the worker tells of the back end', () =>
      worker.output().includes(`accelerated: the back end ${absent} cannot be used here: `),
    );
    await until('the worker tells of the network', () => /trained: .*nowhere is no run/.test(worker.output()));
    worker.process.kill('SIGTERM');
    await worker.ended;
    assert.doesNotMatch(worker.output(), /: failed|set aside/);
    for (const name of ['accelerated', 'trained']) await trial.assertThrough(name, 0, { all: 2, waiting: 2 });
  });

  test('waits for room on a disk that is full', async function () {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) this.skip();
    trial.writePhotos(3);
    const disk = path.join(trial.folder, 'masks');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'labelless', disk]);
    try {
      const filler = path.join(disk, 'filler');
      writeFileSync(filler, Buffer.alloc(1024 * 1024 - 4096));
      await trial.enqueue('full', '-o', 'masks');
      const worker = trial.work('--until-done');
      await until('the worker tells', () => worker.output().includes('no space is left on the disk'));
      assert.equal((await trial.status('full')).photos.waiting, 3);
      rmSync(filler);
      assert.equal(await worker.ended, 0, worker.output());
      assert.doesNotMatch(worker.output(), /: failed|set aside/);
      await trial.assertThrough('full', 3);
      assert.equal(trial.files(disk).size, 6);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });

  test('speaks TLS with a Redis whose certificate is known', async function () {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map(name => path.join(trial.folder, name));
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject];
    if (spawnSync('openssl', made).status !== 0) this.skip();
    const port = await freePort();
    const files = ['--tls-cert-file', certificate, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    const secure = await QueueTrial.open('--tls-port', `${port}`, ...files);
    try {
      secure.writePhotos(1);
      const queued = (url: string, env: NodeJS.ProcessEnv = {}) =>
        secure.callIn(env, 'enqueue', 'photos', '--name', 'tls', '--patience', '0', '--queue', url);
      const known = { NODE_EXTRA_CA_CERTS: certificate };
      assert.equal((await queued(`rediss://localhost:${port}`, known)).status, 0);
      assert.match(
        (await queued(`rediss://localhost:${port}`)).stderr,
        /by TLS: its certificate is not known here; NODE_/,
      );
      assert.match(
        (await queued(`rediss://127.0.0.1:${port}`, known)).stderr,
        /by TLS: its certificate is of another host/,
      );
      assert.match((await queued(`redis://localhost:${port}`)).stderr, /with TLS the address begins with rediss:/);
    } finally {
      await secure.remove();
    }
  });

  test('is cancelled: what waits is taken back, what is done stays', async () => {
    trial.writePhotos(45);
    await trial.enqueue('dropped');
    const worker = trial.work();
    await until('the worker has done a photo', () => worker.output().includes(': done'));
    const cancelled = await trial.call('cancel', '--name', 'dropped', '--json');
    assert.deepEqual(JSON.parse(cancelled.stdout), { name: 'dropped', photos: 25 });
    await until('the job under way is done', async () => (await trial.status('dropped')).jobs.done === 1);
    await trial.assertThrough('dropped', 20);
    worker.process.kill('SIGTERM');
    await worker.ended;
    assert.match((await trial.call('cancel', '--name', 'dropped')).stderr, /took 0 photos back/);
    const again = await trial.enqueue('dropped', '--json');
    assert.deepEqual(JSON.parse(again.stdout), { name: 'dropped', photos: 25, jobs: 2, known: 20 });
  });

  test('says what it does not know', async () => {
    const unknown = await trial.call('status', '--name', 'nobody');
    assert.equal(unknown.status, 1);
    assert.match(unknown.stderr, /^labelless: nothing is queued as nobody in Redis at redis:\/\/127/m);
    for (const [command, args, reason] of [
      ['enqueue', ['photos'], /enqueue wants --name NAME/],
      ['enqueue', ['photos', '--name', 'a:b'], /--name a:b: letters, digits/],
      ['enqueue', ['photos', '--name', 'x', '--format', 'npy'], /--format must have mask among others/],
      ['enqueue', ['photos', '--name', 'x', '--batch', '5'], /--batch 5: a whole number from 20 to 100/],
      ['status', [], /status wants --name NAME/],
    ] as const) {
      const call = await trial.call(command, ...args);
      assert.equal(call.status, 2, call.stderr);
      assert.match(call.stderr, reason);
    }
    const none = await trial.callIn({}, 'work');
    assert.deepEqual(
      [none.status, none.stderr.split('\n')[0]],
      [2, 'labelless: work wants --queue URL, as redis://127.0.0.1:6379'],
    );
    const missing = await trial.call('enqueue', 'nowhere', '--name', 'x', ...quick);
    assert.equal(missing.status, 1);
    assert.match(missing.stderr, /^labelless: the folder .*nowhere is not there on this machine/m);
  });

  test('hides a call that has a password in it from the list of processes', async function () {
    if (process.platform !== 'linux') this.skip();
    const worker = trial.work('--queue', `redis://:secret-word@127.0.0.1:${trial.redis.port}`);
    const line = () => readFileSync(`/proc/${worker.process.pid}/cmdline`, 'utf8');
    await until('the call is hidden', () => !line().includes('secret'));
    worker.process.kill('SIGTERM');
    await worker.ended;
    assert.doesNotMatch(worker.output(), /secret/);
  });
});
