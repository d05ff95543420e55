import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StoreProxy } from '../../../test/support/storeProxy';
import { openAdaptedModel } from '../engine/adaptation/prediction/adaptedModel';
import { tinyExperiment, trainTiny } from '../engine/adaptation/testing/tinyRuns';
import { openCpu } from '../engine/backend/onnxBackends';
import { localRunFolder } from './openPlace';
import { contentsOf, listed, rejects, StoreBucket } from './testing/storeBucket';

suite('A training run in an object store', function () {
  this.timeout(240_000);
  const bucket = new StoreBucket();
  let folder: string;
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless runs-'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true });
  });

  async function upload(run: string, prefix: string): Promise<void> {
    for (const [name, content] of Object.entries(contentsOf(run)))
      await bucket.put(`${prefix}/${name}`, Buffer.from(content, 'base64'));
  }

  test('is copied as far as prediction reads it, once, and again when it was trained on', async () => {
    const run = path.join(folder, 'night');
    const cache = path.join(folder, 'cache');
    await trainTiny(run, tinyExperiment('none', 16), { until: step => step === 9 });
    await upload(run, 'runs/night');
    const url = `s3://${bucket.name}/runs/night/`;
    const first = await localRunFolder(url, cache);
    assert.equal(path.basename(first), 'night');
    assert.deepEqual(readdirSync(first, { recursive: true }).sort(), [
      'checkpoints',
      path.join('checkpoints', 'step-000008.safetensors'),
      'classes.json',
      'config.json',
    ]);
    const whole = contentsOf(run);
    for (const [name, content] of Object.entries(contentsOf(first))) assert.equal(content, whole[name], name);
    const model = await openAdaptedModel(first, () => openCpu(1), 500);
    await model.dispose();

    const asked: string[] = [];
    const proxy = await StoreProxy.start(bucket.server.endpoint, ({ url: path = '' }) => {
      asked.push(path);
      return 'pass';
    });
    process.env.AWS_ENDPOINT_URL_S3 = proxy.endpoint;
    try {
      assert.equal(await localRunFolder(url, cache), first);
      assert.deepEqual(asked.filter(path => path.includes('safetensors')), []); // prettier-ignore
    } finally {
      proxy.stop();
      process.env.AWS_ENDPOINT_URL_S3 = bucket.server.endpoint;
    }

    await trainTiny(run, tinyExperiment('none', 16), { resume: true });
    await upload(run, 'runs/night');
    const second = await localRunFolder(url, cache);
    assert.notEqual(second, first);
    assert.deepEqual(readdirSync(path.join(second, 'checkpoints')), ['step-000016.safetensors']);
    assert.equal(readdirSync(cache).length, 2, 'nothing temporary is left');
    assert.equal(await localRunFolder(run, cache), run, 'a local run is used where it is');
  });

  test('has no photos: its pictures are left out of a list', async () => {
    const run = path.join(folder, 'night');
    await trainTiny(run, tinyExperiment('none', 8));
    await upload(run, 'in/night');
    await bucket.put('in/night/predictions/a.png');
    await bucket.put('in/night/photo.png');
    await bucket.put('in/predictions/b.png');
    const names = await listed((await bucket.place('in')).list({ recursive: true }));
    assert.deepEqual(names, ['night/photo.png', 'predictions/b.png']);
  });

  test('that is none, is damaged or has no network yet is told', async () => {
    const cache = path.join(folder, 'cache');
    const url = `s3://${bucket.name}/run`;
    await rejects(localRunFolder(url, cache), 'missing', `${url} is no training run: config.json is not there`);
    await bucket.put('run/config.json', '{');
    await bucket.put('run/classes.json', '[]');
    await rejects(localRunFolder(url, cache), 'setup', `${url}/config.json is damaged`);
    await bucket.put('run/config.json', JSON.stringify(tinyExperiment('none', 8)));
    await rejects(localRunFolder(url, cache), 'missing', `${url} has no checkpoint yet`);
    assert.deepEqual(readdirSync(cache), []);
  });
});
