import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromLabels, toBackupText } from '../../mask/files/maskFiles';
import { ExportRequest, type ExportParams } from '../../protocol/exportMessages';
import { TestClient } from './testClient';
import { drawPicture, Folder } from './pictureFolder';

suite('Exports', function () {
  const folder = new Folder();
  let client: TestClient;
  const mask = (width: number, height: number) => {
    const labels = new Uint16Array(width * height).fill(1, 0, width);
    return toBackupText(new MaskDocument(stateFromLabels({ width, height, labels, palette: null })));
  };
  const ask = (params: Partial<ExportParams>) =>
    client.connection.sendRequest(ExportRequest, {
      uri: folder.uri('scene.png'),
      mask: mask(32, 24),
      formats: ['coco'],
      ...params,
    });

  suiteSetup(async () => {
    await drawPicture(folder.file('scene.png'), 32, 24);
    client = await TestClient.start();
  });
  suiteTeardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  test('go where the settings say', async () => {
    client.settings = { output: { folder: folder.file('out') } };
    const { written, lost, generated } = await ask({ formats: ['labelme', 'yolo', 'mask'] });
    assert.deepEqual(
      written.map(file => path.relative(folder.file('out'), file)),
      ['scene.json', 'labelless.yolo', 'scene.mask.png', 'scene.mask.json'],
    );
    assert.ok(written.every(file => existsSync(file)));
    assert.deepEqual(lost, ['labelme does not hold colours', 'yolo does not hold colours']);
    assert.deepEqual(generated, ['Region 1']);
    assert.deepEqual((await ask({ formats: ['npy'] })).generated, []);
    client.settings = {};
  });

  test('that cannot be done say why, and write nothing', async () => {
    await assert.rejects(ask({ mask: mask(24, 32) }), /it has 32×24 pixels, its mask 24×32/);
    await assert.rejects(ask({ mask: '{}' }), /The backup of a mask cannot be read/);
    await assert.rejects(ask({ uri: folder.uri('gone.png') }), /gone\.png/);
    await assert.rejects(ask({ formats: ['psd' as 'coco'] }), /formats\.0/);
    await assert.rejects(ask({ formats: [] }), /formats/);
    assert.deepEqual(readdirSync(folder.path).sort(), ['out', 'scene.png']);
    assert.equal((await ask({})).written.length, 1);
  });
});
