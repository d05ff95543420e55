import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import * as vscode from 'vscode';
import { HeaderRequest, PictureRequest } from '../../protocol/imageMessages';
import { readImageHeader } from '../../server/src/engine/image/imageHeader';
import { readPicture as decode } from '../../server/src/engine/image/loadImage';
import { toPng } from '../../server/src/engine/image/picture';
import type { Server } from '../server/server';
import { readPicture } from './pagePicture';

const limits = { megapixels: 100, fileSize: 100 };
const [width, height] = [48, 32];

/** A server that answers as the real one does, in this process. */
const server = {
  async request(type: unknown, { uri }: { uri: string }): Promise<unknown> {
    const file = uri.slice('file://'.length);
    if (type === HeaderRequest) return readImageHeader(file, limits);
    assert.equal(type, PictureRequest);
    const picture = await decode(file, limits);
    return { ...picture, png: Buffer.from(await toPng(picture)).toString('base64') };
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

  test('goes by the content of the file, not by its name', async () => {
    assert.ok((await shown('scan.jpg', picture().tiff())).byServer);
    assert.ok((await shown('scan.png', picture().tiff())).byServer);
    assert.equal((await shown('photo.png', picture().jpeg())).mime, 'image/jpeg');
    const photo = await shown('photo.tif', picture().jpeg());
    assert.deepEqual([photo.byServer, photo.mime], [false, 'image/jpeg']);
  });
});
