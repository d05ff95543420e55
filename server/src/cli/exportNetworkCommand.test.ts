import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tinyExperiment, trainTiny } from '../engine/adaptation/testing/tinyRuns';
import { callProgram } from './testing/callProgram';

suite('labelless export-network', function () {
  this.timeout(60_000);
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless exported-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('writes a model and its card once, and again with --force', async () => {
    await trainTiny(path.join(folder, 'runs', 'street'), tinyExperiment('none', 8));
    const call = (...options: string[]) => callProgram(folder, 'export-network', 'runs/street', ...options);
    const files = ['street.onnx', 'street.md'].map(name => path.join(folder, 'model', name));
    const first = await call('-o', 'model');
    assert.deepEqual([first.status, first.stdout, first.stderr], [0, `${files.join('\n')}\n`, '']);
    for (const file of files) assert.ok((await stat(file)).size > 2000, file);
    const second = await call('-o', 'model', '--json');
    assert.deepEqual([second.status, second.stdout], [1, '']);
    assert.match(second.stderr, /street\.onnx and .*street\.md exist; nothing was written\. Add --force to replace/);
    const third = await call('-o', 'model', '--json', '--force');
    assert.deepEqual([third.status, JSON.parse(third.stdout)], [0, { written: files }]);
    const wrong = await call();
    assert.deepEqual([wrong.status, wrong.stderr.includes('export-network wants -o DIR')], [2, true]);
  });
});
