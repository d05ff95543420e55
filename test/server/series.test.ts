import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { defaultSettings } from '../../protocol/settings';
import { PropagateRequest } from '../../protocol/seriesMessages';
import { lastTrainedRound } from '../../server/src/engine/learning/learningRounds';
import { prepareRound } from '../../server/src/engine/learning/prepareRound';
import {
  writeClasses,
  writeLabelledStreet,
  writeStreet,
} from '../../server/src/engine/learning/testing/labelledStreets';
import { trainSmall } from '../../server/src/engine/learning/testing/smallRounds';
import { Folder } from './pictureFolder';
import { TestClient } from './testClient';

suite('Labels propagated over a series', function () {
  this.timeout(120_000);
  let folder: Folder;
  let client: TestClient;

  setup(async () => {
    folder = new Folder();
    client = await TestClient.start();
    client.settings = { clustering: { iterations: 1 }, adaptation: { scales: [1] }, backend: 'cpu' };
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  test('go on by the network of the last round, and without it where its file is damaged', async () => {
    const root = folder.path;
    writeClasses(root);
    for (const seed of [1, 2]) await writeLabelledStreet(root, `approved ${seed}`, seed, 'approved');
    await writeStreet(root, 'next', 1);
    const propagate = () =>
      client.connection.sendRequest(PropagateRequest, {
        from: folder.uri('approved 1.png'),
        images: [folder.uri('next.png')],
      });
    const without = await propagate();
    assert.deepEqual([without.written, without.round], [[folder.uri('next.png')], undefined]);

    const { limits } = defaultSettings;
    const { signal: cancel } = new AbortController();
    const round = await prepareRound(root, { maskFolder: '', network: 'compact', limits, cancel });
    await trainSmall(round, 2);
    const by = await propagate();
    assert.deepEqual([by.written, by.round], [[folder.uri('next.png')], 1]);

    writeFileSync((await lastTrainedRound(root))!.checkpoint, 'not a network');
    const again = await propagate();
    assert.deepEqual([again.written, again.round], [[folder.uri('next.png')], undefined]);
    const told = client.log.filter(line => line.includes('without the network of round 1'));
    assert.equal(told.length, 1);
    assert.match(told[0], /^next\.png: .*step-000002\.safetensors/);
  });
});
