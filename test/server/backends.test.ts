import assert from 'node:assert/strict';
import { BrokenTensorflow } from '../../server/src/engine/backend/testing/brokenTensorflow';
import { TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';

suite("The server's back end", function () {
  const folder = new Folder();

  suiteSetup(() => drawPicture(folder.file('scene.png')));
  teardown(() => {
    TestClient.endAll();
  });
  suiteTeardown(() => {
    folder.remove();
  });

  test('that auto finds broken is named in status and log, and not tried again, even by the next server', async () => {
    const tensorflow = new BrokenTensorflow(folder.file('broken'));
    const isNamed = (line: string) =>
      /^The back end tensorflow does not work here: .*no library for this processor/.test(line);
    for (let server = 0; server < 2; server++) {
      const client = await TestClient.start({ env: tensorflow.env });
      client.settings = { tensorflow: { folder: tensorflow.folder } };
      for (let run = 0; run < 2; run++)
        await client.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result;
      await until('the status', () => client.statuses.some(({ backend }) => backend !== undefined));
      const { backend, backends } = client.statuses.findLast(status => status.backend !== undefined)!;
      const report = backends.find(({ name }) => name === 'tensorflow');
      assert.equal(report?.state, 'failed');
      assert.match(report.detail ?? '', /no library for this processor/);
      assert.equal(backends.find(({ name }) => name === backend)?.state, 'works');
      await until('the log', () => client.log.some(isNamed));
      assert.equal(client.log.filter(isNamed).length, 1, 'once a process');
      assert.equal(tensorflow.tries, 1);
      await client.close();
    }
  });
});
