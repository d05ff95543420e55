import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  ImagesNotification,
  ListImagesRequest,
  SetStatusRequest,
  type ImagesPart,
  type ListedImage,
} from '../../protocol/sessionMessages';
import { drawPicture, Folder } from './pictureFolder';
import { TestClient } from './testClient';

suite('A session over a folder', function () {
  let folder: Folder;
  let client: TestClient;

  setup(async () => {
    folder = new Folder();
    client = await TestClient.start();
    client.settings = { clustering: { iterations: 2 } };
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  const brief = (images: readonly ListedImage[]) => images.map(image => `${image.path}: ${image.status}`);

  test('lists images, sets their status, and leaves approved and skipped ones out of a batch', async () => {
    for (const name of ['a.png', 'b.png', 'c.png']) await drawPicture(folder.file(name));
    const list = () => client.connection.sendRequest(ListImagesRequest, { folder: folder.uri() });
    assert.deepEqual(brief((await list()).images), ['a.png: none', 'b.png: none', 'c.png: none']);
    await client.segment({ uris: [folder.uri('a.png')], target: 'write' }).result;

    const set = await client.connection.sendRequest(SetStatusRequest, {
      folder: folder.uri(),
      images: [{ path: 'a.png' }, { path: 'b.png' }, { path: 'no.png' }],
      status: 'skipped',
    });
    assert.deepEqual(brief(set.images), ['a.png: skipped', 'b.png: skipped']);
    assert.deepEqual(set.refused, [{ path: 'no.png', reason: 'there is no such image any more' }]);
    const before = readFileSync(folder.file('a.mask.json'));

    const { outcomes, leftOut } = await client.segment({ uris: [folder.uri()], target: 'write' }).result;
    assert.deepEqual(
      [outcomes, leftOut].map(of => of.map(one => path.posix.basename(typeof one === 'string' ? one : one.uri))),
      [['c.png'], ['a.png', 'b.png']],
    );
    assert.deepEqual(readFileSync(folder.file('a.mask.json')), before);

    const parts: ImagesPart[] = [];
    client.connection.onNotification(ImagesNotification, part => {
      parts.push(part);
    });
    const told = await client.connection.sendRequest(ListImagesRequest, { folder: folder.uri(), token: 't' });
    assert.deepEqual([told.images, told.count, told.missing, told.failures], [[], 3, [], []]);
    assert.deepEqual(brief(parts.flatMap(({ images }) => images)), [
      'a.png: skipped',
      'b.png: skipped',
      'c.png: proposed',
    ]);
    const proposed = parts.flatMap(({ images }) => images).at(-1);
    assert.ok(proposed!.labels > 0 && proposed!.uncertainty !== null);
  });
});
