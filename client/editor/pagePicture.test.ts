import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import * as vscode from 'vscode';
import { usualView, type ImageView } from '../../mask/document/imageView';
import { HeaderRequest, PictureRequest } from '../../protocol/imageMessages';
import references from '../../server/src/engine/image/imageView.reference.json';
import { readImageHeader } from '../../server/src/engine/image/imageHeader';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { toPng } from '../../server/src/engine/image/picture';
import type { Server } from '../server/server';
import { readPicture } from './pagePicture';

const limits = { megapixels: 100, fileSize: 100 };
const [width, height] = [48, 32];

/** A server that answers as the real one does, in this process. */
const server = {
  async request(type: unknown, { uri, view = usualView }: { uri: string; view?: ImageView }): Promise<unknown> {
    const file = uri.slice('file://'.length);
    if (type === HeaderRequest) return readImageHeader(file, limits, view.page);
    assert.equal(type, PictureRequest);
    const { picture, header, range } = await loadImage(file, limits, { view });
    const png = Buffer.from(await toPng(picture)).toString('base64');
    return { png, width: picture.width, height: picture.height, header, range, view };
  },
} as unknown as Server;

suite("The picture of the mask editor's page", () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless page-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const picture = () => sharp({ create: { width, height, channels: 3, background: '#205080' } });
  async function shown(name: string, image: Sharp) {
    const file = path.join(folder, name);
    await writeFile(file, await image.toBuffer());
    const message = await readPicture(vscode.Uri.file(file), server);
    const own = (await readImageHeader(file, limits)).kind;
    const { format } = await sharp(message.bytes).metadata();
    const size = [message.width, message.height];
    return { mime: message.mime, size, byServer: format === 'png' && own !== 'png', bytes: message.bytes };
  }

  test("is the file's own bytes where the browser shows what is segmented, with the size that it must have", async () => {
    for (const [name, image, mime] of [
      ['a.png', picture().png(), 'image/png'],
      ['a.jpg', picture().jpeg(), 'image/jpeg'],
      ['a.jfif', picture().jpeg(), 'image/jpeg'],
      ['a.webp', picture().webp(), 'image/webp'],
      ['a.gif', picture().gif(), 'image/gif'],
      ['a.avif', picture().avif(), 'image/avif'],
    ] as const) {
      const { byServer, size, ...found } = await shown(name, image);
      assert.deepEqual([byServer, size, found.mime], [false, [width, height], mime], name);
    }
    const turned = await shown('turned.jpg', picture().withMetadata({ orientation: 6 }).jpeg());
    assert.deepEqual([turned.byServer, turned.size], [false, [height, width]]);
  });

  test("is the server's own where a browser shows another orientation, another frame or other colours", async () => {
    const frames = [await picture().png().toBuffer(), await picture().negate().png().toBuffer()];
    for (const [name, image, size] of [
      ['turned.webp', picture().withMetadata({ orientation: 6 }).webp(), [height, width]],
      ['upside down.webp', picture().withMetadata({ orientation: 3 }).webp(), [width, height]],
      ['turned.avif', picture().withMetadata({ orientation: 8 }).avif(), undefined],
      ['moving.gif', sharp(frames, { join: { animated: true } }).gif(), [width, height]],
      ['moving.webp', sharp(frames, { join: { animated: true } }).webp(), [width, height]],
      ['inks.jpg', picture().toColourspace('cmyk').jpeg(), [width, height]],
      ['a.tif', picture().tiff(), [width, height]],
    ] as const) {
      const found = await shown(name, image);
      if (size) assert.deepEqual([found.byServer, found.size], [true, size], name);
      const { autoOrient, depth } = await sharp(found.bytes).metadata();
      assert.deepEqual([autoOrient.width, autoOrient.height], found.size, name);
      assert.equal(depth, 'uchar', name);
    }
    for (const [name, image] of [
      ['turned.png', picture().withMetadata({ orientation: 6 }).png()],
      ['deep.png', picture().toColourspace('rgb16').png()],
    ] as const) {
      const { depth, orientation } = await sharp((await shown(name, image)).bytes).metadata();
      assert.deepEqual([depth, orientation ?? 1], ['uchar', 1], name);
    }
  });

  test('tells what there is to choose from in a TIFF, and shows what was chosen', async () => {
    const file = path.join(folder, 'deep.tif');
    await writeFile(file, Buffer.from(references.bands.tiff, 'base64'));
    const usual = await readPicture(vscode.Uri.file(file), server);
    assert.deepEqual(usual.source?.view, usualView);
    const view = { range: '100..1000', bands: [4, 3, 2], page: 1 };
    const chosen = await readPicture(vscode.Uri.file(file), server, view);
    const { range, ...rest } = chosen.source!;
    assert.deepEqual([range!.low, range!.high, rest], [100, 1000, { kind: 'tiff', bands: 6, pages: 1, view }]);
    assert.notDeepEqual(chosen.bytes, usual.bytes);
    assert.equal((await readPicture(vscode.Uri.file(file), server)).mime, 'image/png');
    const photo = path.join(folder, 'photo.jpg');
    await writeFile(photo, await picture().jpeg().toBuffer());
    assert.equal((await readPicture(vscode.Uri.file(photo), server)).source, undefined);
  });

  test('goes by the content of the file, not by its name', async () => {
    assert.ok((await shown('scan.jpg', picture().tiff())).byServer);
    assert.ok((await shown('scan.png', picture().tiff())).byServer);
    assert.equal((await shown('photo.png', picture().jpeg())).mime, 'image/jpeg');
    const photo = await shown('photo.tif', picture().jpeg());
    assert.deepEqual([photo.byServer, photo.mime], [false, 'image/jpeg']);
  });
});
