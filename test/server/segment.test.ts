import assert from 'node:assert/strict';
import { decodeBytes, decodeHierarchy, decodeRegions } from '../../mask/files/codec';
import { isAlive, payload, TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';

suite('Segment request', () => {
  const folder = new Folder();
  let client: TestClient;

  suiteSetup(async () => {
    await drawPicture(folder.file('scene.png'));
    client = await TestClient.start();
  });
  suiteTeardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  test('the server says who it is', () => {
    assert.equal(client.initialized.serverInfo?.name, 'labelless');
    assert.match(client.initialized.serverInfo.version ?? '', /^\d+\.\d+\.\d+/);
  });

  test("one picture: previews, then a result at the picture's size", async () => {
    const { token, result } = client.segment({ uris: [folder.uri('scene.png')], target: 'return' });
    const { outcomes, cancelled } = await result;
    assert.equal(cancelled, false);
    const { regions, hierarchy, summary } = payload(outcomes[0]);
    const map = decodeRegions(regions);
    assert.deepEqual([map.width, map.height], [160, 120]);
    assert.equal(decodeHierarchy(hierarchy).count, map.count);
    assert.equal(summary.method, 'clustering');
    assert.ok(summary.seconds > 0 && !summary.stopped);

    const previews = client.previews.filter(preview => preview.token === token);
    assert.ok(previews.length >= 1);
    assert.deepEqual(
      previews.map(preview => preview.sequence),
      previews.map((_, index) => index),
    );
    assert.deepEqual([previews[0].iteration, previews[0].loss], [0, null], 'the first preview is from colour alone');
    let base = 0;
    for (const preview of previews) {
      if (preview.regions) base = decodeRegions(preview.regions).count;
      assert.equal(decodeHierarchy(preview.hierarchy).count, base, 'a preview without regions is of the base before');
    }
  });

  test('the standard progress goes from begin to end, and never back', () => {
    const kinds = client.progress.map(({ kind }) => kind);
    assert.equal(kinds[0], 'begin');
    assert.equal(kinds.at(-1), 'end');
    assert.ok(kinds.slice(1, -1).every(kind => kind === 'report') && kinds.length > 2);
    const percentages = client.progress.flatMap(value => ('percentage' in value ? [value.percentage] : []));
    assert.deepEqual(
      percentages,
      percentages.toSorted((a, b) => a - b),
    );
    assert.ok(
      client.progress.some(value => 'message' in value && /^scene\.png · .*regions: \d+/.test(value.message ?? '')),
    );
  });

  test('by scribbles: the classes of the regions come with the result', async () => {
    const strokes = [
      { class: 0, size: 6, points: [10, 10, 150, 12] },
      { class: 1, size: 6, points: [10, 110, 150, 110] },
    ];
    const { outcomes } = await client.segment({
      uris: [folder.uri('scene.png')],
      target: 'return',
      scribbles: { classes: 2, strokes },
    }).result;
    const { regions, scribbleClasses, summary } = payload(outcomes[0]);
    const map = decodeRegions(regions);
    const of = decodeBytes(scribbleClasses!, map.count);
    assert.equal(of[map.ids[10 * map.width + 80]], 0);
    assert.equal(of[map.ids[110 * map.width + 80]], 1);
    assert.deepEqual([summary.method, summary.parameters.strokes], ['scribbles', 2]);
    for (const wrong of [
      { classes: 1, strokes },
      { classes: 2, strokes: [] },
      { classes: 2, strokes: [{ class: 0, size: 6, points: [1] }] },
    ]) {
      await assert.rejects(
        client.segment({ uris: [folder.uri('scene.png')], target: 'return', scribbles: wrong }).result,
        /scribbles/,
      );
    }
  });

  test('the same seed gives the same bytes, from the process kept warm', async () => {
    const once = payload(
      (await client.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result).outcomes[0],
    );
    const again = payload(
      (await client.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result).outcomes[0],
    );
    assert.deepEqual([again.regions, again.hierarchy], [once.regions, once.hierarchy]);
    assert.equal(client.jobs().length, 1);
  });

  test('the status tells jobs and the back end', async () => {
    await until('the last status', () => client.statuses.at(-1)?.running === 0);
    assert.ok(client.statuses.some(status => status.running === 1));
  });

  test("wrong calls are refused by the field's name", async () => {
    const send = (params: unknown) => client.connection.sendRequest('labelless/segment', params);
    await assert.rejects(send({ uris: [], target: 'return' }), /uris/);
    await assert.rejects(send({ uris: [folder.uri('scene.png')], target: 'print' }), /target/);
    await assert.rejects(send({ uris: [3], target: 'return' }), /uris\.0/);
    await assert.rejects(
      client.connection.sendRequest('labelless/picture', { uri: 'untitled:one' }),
      /uri: .*not a file/,
    );
  });

  test('ends when its client goes, and its job with it', async () => {
    const other = await TestClient.start();
    await other.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result;
    const job = other.jobs()[0];
    assert.ok(isAlive(job));
    other.process.stdin?.end();
    await until("the server's end", () => other.process.exitCode !== null);
    await until("the job's end", () => !isAlive(job));
    other.connection.dispose();
  });
});
