import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { decodeRegions } from '../../mask/files/codec';
import { ReadLabelsRequest } from '../../protocol/imageMessages';
import { StatusRequest } from '../../protocol/statusMessages';
import { drawPicture, Folder } from './pictureFolder';
import { TestClient } from './testClient';

suite('Labels of other programs', function () {
  const folder = new Folder();
  let client: TestClient;
  const [width, height] = [2000, 1500];

  suiteSetup(async () => {
    await drawPicture(folder.file('large.png'), width, height);
    client = await TestClient.start();
  });
  suiteTeardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  function read(content: unknown, cancel?: CancellationTokenSource) {
    writeFileSync(folder.file('labels.json'), typeof content === 'string' ? content : JSON.stringify(content));
    const params = { uri: folder.uri('large.png'), file: folder.uri('labels.json') };
    return client.connection.sendRequest(ReadLabelsRequest, params, cancel?.token);
  }
  const square = { label: 'cup', points: [[10, 20], [50, 20], [50, 60], [10, 60]] }; // prettier-ignore
  const coco = (segmentations: unknown[]) => ({
    images: [{ id: 1, file_name: 'large.png' }],
    categories: [{ id: 1, name: 'car' }],
    annotations: segmentations.map((segmentation, id) => ({ id, image_id: 1, category_id: 1, segmentation })),
  });

  test('come as pixels, and what was left out is told', async () => {
    const text = `\uFEFF// by hand\n${JSON.stringify({ shapes: [square, { label: 'way', shape_type: 'line' }] })}`;
    const result = await read(text.replace(/}$/, ',}'));
    assert.ok('regions' in result);
    assert.deepEqual(result.labels, [{ name: 'cup' }]);
    assert.deepEqual(result.leftOut, ['shape 2 “way”: without a list of points']);
    const { ids } = decodeRegions(result.regions);
    assert.equal(ids.filter(value => value === 2).length, 1600);
    assert.equal(ids[20 * width + 10], 2);
  });

  test('that cannot be read fail with a clause for people', async () => {
    await assert.rejects(read('{'), /^Error: it is no JSON: .* in line 1$/);
    await assert.rejects(read({ shapes: [], imageWidth: 5, imageHeight: 5 }), /its labels are of 5×5 pixels/);
    const params = { uri: folder.uri('large.png'), file: folder.uri('none.json') };
    await assert.rejects(client.connection.sendRequest(ReadLabelsRequest, params), /^Error: there is no such file$/);
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [folder.file('pipe.json')]);
    await assert.rejects(
      client.connection.sendRequest(ReadLabelsRequest, { ...params, file: folder.uri('pipe.json') }),
      /it is a pipe/,
    );
  });

  test('that take too much work are refused, and the server answers meanwhile', async () => {
    const zigzag = Array.from({ length: 400_000 }, (_, i) => [i / 200, i % 2 === 0 ? 0 : height]);
    const bombs = [
      coco(Array.from({ length: 2000 }, () => ({ size: [height, width], counts: [0, width * height] }))),
      coco([zigzag.flat()]),
      { shapes: [{ label: 'a', points: zigzag }] },
      {
        shapes: Array.from({ length: 60_000 }, () => ({
          label: 'a',
          shape_type: 'circle',
          points: [[1000, 700], [2000, 700]], // prettier-ignore
        })),
      },
    ];
    for (const bomb of bombs) {
      const refused = assert.rejects(read(bomb), /too much work to draw: .* million/);
      await client.connection.sendRequest(StatusRequest, {});
      await refused;
    }
  });

  test('are no longer read when the request is cancelled', async () => {
    const cancel = new CancellationTokenSource();
    const stripes = { size: [height, width], counts: Array.from({ length: width * height }, () => 1) };
    const result = read(coco(Array.from({ length: 3 }, () => stripes)), cancel);
    setTimeout(() => {
      cancel.cancel();
    }, 100);
    await assert.rejects(result, /cancelled/);
    assert.ok('regions' in (await read({ shapes: [square] })), 'the next file is read');
  });
});
