import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { MaskDocument } from '../../mask/document/maskDocument';
import { toBackupText } from '../../mask/files/maskFiles';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { writeStreets } from '../../server/src/engine/dataset/testing/streets';
import { AdaptRequest } from '../../protocol/trainingMessages';
import { FigureRequest } from '../../protocol/exportMessages';
import { ThumbnailRequest } from '../../protocol/imageMessages';
import { TestClient } from './testClient';
import { drawPicture, Folder } from './pictureFolder';
import { setProperties } from '../../mask/testing/randomMasks';

/** A mask of two halves, as the editor hands it over. */
function halves(width: number, height: number): string {
  const ids = Uint16Array.from({ length: width * height }, (_, p) => Number(p % width >= width / 2));
  const hierarchy = { count: 2, left: Uint32Array.of(0), right: Uint32Array.of(1), levels: Float32Array.of(0.5) };
  const document = new MaskDocument(
    stateFromSegmentation({ regions: { width, height, count: 2, ids }, hierarchy, granularity: 1, run: null }),
  );
  setProperties(document, document.representativeOf(1), { name: 'left', colour: '#ff0000' });
  return toBackupText(document);
}

/** Pixels that the one name below takes. */
const legend = 14 + 30;

suite('Figures', function () {
  const folder = new Folder();
  let client: TestClient;
  suiteSetup(async () => {
    await drawPicture(folder.file('one.png'));
    await drawPicture(folder.file('two.png'), 120, 160);
    client = await TestClient.start();
  });
  suiteTeardown(async () => {
    await client.close();
    TestClient.endAll();
    folder.remove();
  });
  const request = (images: { uri: string; mask?: string }[], output: string, more = {}) =>
    client.connection.sendRequest(FigureRequest, { images, output: folder.uri(output), ...more });

  test('show each picture beside its mask, leave out what cannot be shown, and say so', async () => {
    const output = folder.file('both.figure.png');
    const { written, failures } = await request(
      [
        { uri: folder.uri('one.png'), mask: halves(160, 120) },
        { uri: folder.uri('gone.png'), mask: halves(4, 4) },
        { uri: folder.uri('two.png'), mask: halves(160, 120) },
        { uri: folder.uri('two.png'), mask: halves(120, 160) },
        { uri: folder.uri('one.png') },
      ],
      'both.figure.png',
    );
    assert.equal(written, output);
    assert.equal(failures.length, 3);
    assert.match(failures[0], /gone\.png/);
    assert.match(failures[1], /two\.png.*120×160 pixels, its mask 160×120/);
    assert.match(failures[2], /one\.png.*no mask/);
    const { data, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
    assert.equal(info.width, 28 + 480 + 14 + 480 + 28);
    const picture = await sharp(folder.file('one.png'))
      .removeAlpha()
      .resize(480, 360, { fit: 'fill' })
      .raw()
      .toBuffer();
    const at = (x: number, y: number) => [...data.subarray(3 * (y * info.width + x), 3 * (y * info.width + x) + 3)];
    const [x, y, top] = [100, 200, 28 + 24 + 14];
    const own = [...picture.subarray(3 * (y * 480 + x), 3 * (y * 480 + x) + 3)];
    assert.deepEqual(at(28 + x, top + y), own);
    // 0.4 of the picture under 0.6 of red, within the rounding of both
    at(28 + 480 + 14 + x, top + y).forEach((value, c) => {
      assert.ok(Math.abs(value - (0.4 * own[c] + 0.6 * [255, 0, 0][c])) <= 1, `channel ${c}: ${value}`);
    });
    assert.equal(info.height, top + 360 + 14 + 640 + legend + 28);
  });

  test('replace a figure, and nothing else', async () => {
    writeFileSync(folder.file('own.png'), readFileSync(folder.file('one.png')));
    const image = { uri: folder.uri('one.png'), mask: halves(160, 120) };
    await assert.rejects(request([image], 'own.png'), /own\.png exists and was not written by Labelless/);
    assert.deepEqual(readFileSync(folder.file('own.png')), readFileSync(folder.file('one.png')));
    await request([image], 'again.figure.png');
    const height = async () => (await sharp(folder.file('again.figure.png')).metadata()).height;
    assert.equal(await height(), 28 + 24 + 14 + 360 + legend + 28);
    await request([image, image], 'again.figure.png');
    assert.equal(await height(), 28 + 24 + 14 + 360 + 14 + 360 + legend + 28);
  });

  test('are not written when no image can be shown, when cancelled, or when wrongly asked for', async () => {
    await assert.rejects(
      request([{ uri: folder.uri('one.png'), mask: '{"version":1}' }], 'none.figure.png'),
      /mask cannot be read/,
    );
    await assert.rejects(request([], 'none.figure.png'), /images/);
    await assert.rejects(
      request([{ uri: folder.uri('one.png') }], 'none.figure.png', { methods: true }),
      /trained run/,
    );
    const cancel = new CancellationTokenSource();
    const answer = client.connection.sendRequest(
      FigureRequest,
      { images: [{ uri: folder.uri('one.png'), mask: halves(160, 120) }], output: folder.uri('none.figure.png') },
      cancel.token,
    );
    cancel.cancel();
    await assert.rejects(answer);
    assert.ok(!existsSync(folder.file('none.figure.png')));
  });

  test('in small show one picture under its mask', async () => {
    const { webp } = await client.connection.sendRequest(ThumbnailRequest, {
      uri: folder.uri('one.png'),
      mask: halves(160, 120),
    });
    const { data, info } = await sharp(Buffer.from(webp, 'base64')).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [320, 240]);
    const picture = await sharp(folder.file('one.png'))
      .removeAlpha()
      .resize(320, 240, { fit: 'fill' })
      .raw()
      .toBuffer();
    const mean = (bytes: Buffer, channels: number, c: number) => {
      // over the left half, as WebP loses a little
      let sum = 0;
      for (let y = 20; y < 220; y++) for (let x = 20; x < 140; x++) sum += bytes[channels * (y * 320 + x) + c];
      return sum / (200 * 120);
    };
    for (const c of [0, 1, 2])
      assert.ok(
        Math.abs(mean(data, info.channels, c) - (0.5 * mean(picture, 3, c) + 0.5 * [255, 0, 0][c])) < 4,
        `channel ${c}`,
      );
    await assert.rejects(
      client.connection.sendRequest(ThumbnailRequest, { uri: folder.uri('two.png'), mask: halves(160, 120) }),
      /two\.png/,
    );
  });

  test("of both methods show a picture and what either makes of it, also where the settings' method is the second", async () => {
    await writeStreets(folder.path, { training: { steps: 40 } });
    await client.connection.sendRequest(AdaptRequest, { uri: folder.uri('street.adapt.json') });
    client.settings = {
      method: 'adapted',
      adaptation: { checkpoint: folder.file('runs/street') },
      limits: { threads: 1 },
    };
    const { written, failures } = await request([{ uri: folder.uri('night/images/0.png') }], 'methods.figure.png', {
      methods: true,
    });
    assert.deepEqual(failures, []);
    const { data, info } = await sharp(written).raw().toBuffer({ resolveWithObject: true });
    assert.equal(info.width, 28 + 3 * 480 + 2 * 14 + 28);
    const column = (index: number) =>
      Array.from({ length: 200 }, (_, y) => {
        const at = info.channels * ((28 + 24 + 14 + 20 + y) * info.width + 28 + index * (480 + 14));
        return data.subarray(at, at + 480 * info.channels).toString('hex');
      });
    assert.notDeepEqual(column(1), column(0));
    assert.notDeepEqual(column(2), column(1), 'two methods, not one twice');
  });
});
