import assert from 'node:assert/strict';
import { existsSync, readdirSync, copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromLabels, toBackupText } from '../../mask/files/maskFiles';
import {
  ExportRequest,
  type ExportParams,
  ExportSetRequest,
  type ExportSetParams,
} from '../../protocol/exportMessages';
import { TestClient } from './testClient';
import { drawPicture, Folder } from './pictureFolder';
import { until } from '../support/until';

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

suite('Exports of saved masks', function () {
  const folder = new Folder();
  let client: TestClient;
  const names = ['one', 'two', 'three'];
  const images = names.map(name => ({ uri: folder.uri(`${name}.png`), mask: folder.uri(`${name}.mask.png`) }));
  const params = (more: Partial<ExportSetParams> = {}): ExportSetParams => ({
    images,
    format: 'voc',
    folder: folder.uri('out'),
    ...more,
  });
  const ask = (more: Partial<ExportSetParams>) => client.connection.sendRequest(ExportSetRequest, params(more));

  suiteSetup(async () => {
    for (const name of names) await drawPicture(folder.file(`${name}.png`), 64, 48);
    client = await TestClient.start();
    await client.segment({ uris: names.map(name => folder.uri(`${name}.png`)), target: 'write' }).result;
  });
  suiteTeardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });

  test('tell how far they are, what was written, and what was left out', async () => {
    const workDoneToken = client.watch('set');
    const seen = client.progress.length;
    const result = await ask({
      images: [...images, { uri: folder.uri('gone.png'), mask: images[0].mask }],
      workDoneToken,
    });
    assert.deepEqual(
      [result.exported, result.cancelled, result.written],
      [3, false, [folder.file('out/labelless.voc')]],
    );
    assert.match(result.failures.join('\n'), /^[^\n]*gone\.png[^\n]*$/);
    assert.ok(result.generated.includes('Region 1'));
    assert.equal(
      readFileSync(folder.file('out/labelless.voc/ImageSets/Segmentation/trainval.txt'), 'utf8'),
      'one\nthree\ntwo\n',
    );
    assert.deepEqual(
      client.progress.slice(seen).map(value => ('message' in value ? value.message : value.kind)),
      ['begin', '1 of 4', '2 of 4', '3 of 4', '4 of 4', 'end'],
    );
  });

  test('end behind the image in work when they are cancelled, and say what was written', async () => {
    const many = Array.from({ length: 80 }, (_, index) => `copy ${index}.png`);
    for (const name of many) copyFileSync(folder.file('one.png'), folder.file(name));
    const cancellation = new CancellationTokenSource();
    const token = client.watch('cancelled set');
    const seen = client.progress.length;
    const answer = client.connection.sendRequest(
      ExportSetRequest,
      params({
        images: many.map(name => ({ uri: folder.uri(name), mask: images[0].mask })),
        format: 'npy',
        folder: folder.uri('cancelled'),
        workDoneToken: token,
      }),
      cancellation.token,
    );
    await until('the first image', () => client.progress.slice(seen).some(value => value.kind === 'report'));
    cancellation.cancel();
    const result = await answer;
    assert.ok(result.cancelled && result.exported > 0 && result.exported < many.length, `${result.exported} exported`);
    assert.deepEqual(result.failures, []);
    assert.equal(readdirSync(folder.file('cancelled')).length, result.exported);
  });

  test('that are to replace nothing write nothing where something is', async () => {
    const first = await ask({ format: 'npy', folder: folder.uri('kept'), replace: false, images: images.slice(0, 1) });
    assert.deepEqual([first.exported, first.existing], [1, []]);
    const before = readFileSync(folder.file('kept/one.mask.npy'));
    const second = await ask({ format: 'npy', folder: folder.uri('kept'), replace: false });
    assert.deepEqual([second.exported, second.written, second.existing], [0, [], [folder.file('kept/one.mask.npy')]]);
    assert.deepEqual(readdirSync(folder.file('kept')), ['one.mask.npy']);
    assert.deepEqual(readFileSync(folder.file('kept/one.mask.npy')), before);
    assert.equal((await ask({ format: 'npy', folder: folder.uri('kept'), replace: true })).exported, 3);
  });

  test('asked for wrongly are refused', async () => {
    await assert.rejects(ask({ images: [] }), /images/);
    await assert.rejects(ask({ format: 'psd' as 'coco' }), /format/);
    await assert.rejects(ask({ folder: 'https://a.test/b' }), /not a file on this machine/);
    assert.ok(!readdirSync(folder.path).includes('labelless.coco.json'));
  });
});
