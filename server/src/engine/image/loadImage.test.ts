import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { ImageError, readFailure } from './imageError';
import { readImageHeader } from './imageHeader';
import { toPng } from './picture';
import { loadImage } from './loadImage';

const limits = { megapixels: 100, fileSize: 500 };
const width = 48;
const height = 32;

/** Four quarters: red, green, blue and grey. */
function quarters(): Uint8Array {
  const colours = [
    [220, 40, 30],
    [30, 160, 60],
    [40, 60, 200],
    [128, 128, 128],
  ];
  const rgb = new Uint8Array(width * height * 3);
  for (let p = 0; p < width * height; p++)
    rgb.set(colours[(p % width < width / 2 ? 0 : 1) + (p < (width * height) / 2 ? 0 : 2)], p * 3);
  return rgb;
}

const picture = () => sharp(quarters(), { raw: { width, height, channels: 3 } });

const readPicture = async (...from: Parameters<typeof loadImage>) => (await loadImage(...from)).picture;

suite('Reading images', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const make = async (name: string, image: Sharp) => {
    await image.toFile(at(name));
    return at(name);
  };

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless read ü"\'-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  /** The middle of each quarter, within what lossy compression may change. */
  async function assertQuarters(file: string, tolerance: number, expected = quarters()): Promise<void> {
    const { rgb, ...size } = await readPicture(file, limits);
    assert.deepEqual(size, { width, height });
    assert.equal(rgb.length, width * height * 3);
    for (const [x, y] of [
      [12, 8],
      [36, 8],
      [12, 24],
      [36, 24],
    ]) {
      for (let c = 0; c < 3; c++) {
        const i = (y * width + x) * 3 + c;
        assert.ok(
          Math.abs(rgb[i] - expected[i]) <= tolerance,
          `${path.basename(file)} at ${x},${y} channel ${c}: ${rgb[i]}, not ${expected[i]}`,
        );
      }
    }
  }

  const encodings: Record<string, [(image: Sharp) => Sharp, number]> = {
    'a.png': [image => image.png(), 0],
    'a.jpg': [image => image.jpeg({ quality: 95 }), 6],
    'a.webp': [image => image.webp({ lossless: true }), 0],
    'a.tiff': [image => image.tiff({ compression: 'lzw' }), 0],
    'a.gif': [image => image.gif(), 4],
    'a.avif': [image => image.avif({ quality: 90 }), 8],
    'palette.png': [image => image.png({ palette: true }), 2],
    '16 bit.png': [image => image.toColourspace('rgb16').png(), 1],
    '16 bit.tif': [image => image.toColourspace('rgb16').tiff(), 1],
    'progressive.jpg': [image => image.jpeg({ progressive: true, quality: 95 }), 6],
  };
  for (const [name, [encode, tolerance]] of Object.entries(encodings)) {
    test(`reads ${name}`, async () => {
      await assertQuarters(await make(name, encode(picture())), tolerance);
    });
  }

  test('reads grey and 16-bit grey as three equal channels', async () => {
    for (const space of ['b-w', 'grey16']) {
      const { rgb } = await readPicture(
        await make(`${space}.png`, picture().greyscale().toColourspace(space).png()),
        limits,
      );
      assert.equal(rgb.length, width * height * 3);
      assert.ok(
        rgb[0] === rgb[1] && rgb[1] === rgb[2] && rgb[0] > 60 && rgb[0] < 140,
        `${space}: ${rgb.subarray(0, 3).join()}`,
      );
      assert.ok(Math.abs(rgb.at(-1)! - 128) <= 1);
    }
  });

  test('brings CMYK to sRGB', async () => {
    const file = await make('cmyk.jpg', picture().toColourspace('cmyk').jpeg({ quality: 100 }));
    assert.equal((await readImageHeader(file, limits)).channels, 4);
    const { rgb } = await readPicture(file, limits);
    assert.ok(rgb[0] > 180 && rgb[1] < 100 && rgb[2] < 100, `red is ${rgb.subarray(0, 3).join()}`);
  });

  test('lays transparent pictures over white', async () => {
    const white = quarters().map(value => Math.round((value + 255) / 2));
    await assertQuarters(await make('alpha.png', picture().ensureAlpha(0.5).png()), 1, white);
    await assertQuarters(await make('alpha16.png', picture().ensureAlpha(0.5).toColourspace('rgb16').png()), 1, white);
  });

  test('turns a picture as its EXIF orientation says, and tells the size that it is displayed at', async () => {
    const file = await make('turned.png', picture().withMetadata({ orientation: 6 }).png());
    const info = await readImageHeader(file, limits);
    assert.deepEqual([info.width, info.height, info.orientation], [height, width, 6]);
    assert.equal((await readImageHeader(await make('upright.png', picture().png()), limits)).orientation, undefined);
    const turned = await readPicture(file, limits);
    assert.deepEqual([turned.width, turned.height], [height, width]);
    assert.deepEqual(
      [...turned.rgb.subarray(0, 3)],
      [40, 60, 200],
      'a clockwise quarter turn brings the lower left corner to the upper left',
    );
  });

  test('takes the first frame of an animation', async () => {
    const frame = (background: string) =>
      sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = [await frame('#ff0000'), await frame('#0000ff')];
    const animation = () => sharp(frames, { join: { animated: true } });
    for (const file of [
      await make('a.gif', animation().gif()),
      await make('animated.webp', animation().webp({ lossless: true })),
    ]) {
      assert.equal((await readImageHeader(file, limits)).pages, 2);
      const { rgb, ...size } = await readPicture(file, limits);
      assert.deepEqual(size, { width, height });
      assert.deepEqual([...rgb.subarray(0, 3)], [255, 0, 0]);
    }
  });

  test("reads pictures of one pixel and of one pixel's width", async () => {
    for (const [w, h] of [
      [1, 1],
      [1, 5000],
      [5000, 1],
    ]) {
      const file = await make(
        'thin.png',
        sharp({ create: { width: w, height: h, channels: 3, background: '#102030' } }),
      );
      const { rgb, ...size } = await readPicture(file, limits);
      assert.deepEqual(size, { width: w, height: h });
      assert.deepEqual([...rgb.subarray(-3)], [0x10, 0x20, 0x30]);
    }
  });

  test('tells the hash of the file that it decoded, and reads a file that changed anew', async () => {
    const file = await make('a.png', picture());
    assert.equal(
      (await loadImage(file, limits)).sha256,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
    await make('a.png', picture().negate());
    assert.equal((await readPicture(file, limits)).rgb[0], 255 - 220);
  });

  test('encodes a picture as PNG for display', async () => {
    const { data } = await sharp(await toPng({ width, height, rgb: quarters() }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual(Buffer.compare(data, quarters()), 0);
  });

  suite('refuses with the file and the reason', () => {
    const refused = async (file: string, reason: RegExp, setting?: string, within = limits) => {
      await assert.rejects(readPicture(file, within), (error: unknown) => {
        assert.ok(error instanceof ImageError, String(error));
        assert.equal(error.message, `${path.basename(file)}: ${error.reason}`);
        assert.match(error.reason, reason);
        assert.doesNotMatch(error.reason, /\n/);
        assert.equal(error.setting, setting);
        return true;
      });
    };
    const content = async (name: string, bytes: Uint8Array | string) => {
      await writeFile(at(name), bytes);
      return at(name);
    };

    test('an empty file, text, a folder, nothing', async () => {
      await refused(await content('empty.jpg', ''), /empty/);
      await refused(await content('text.jpg', 'This is no picture.'), /not an image/);
      await refused(
        await content('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
        /not an image/,
      );
      await mkdir(at('folder.png'));
      await refused(at('folder.png'), /folder/);
      await refused(at('missing.png'), /no such file/);
    });

    test('a file that may not be read', () => {
      const error = readFailure('/a/secret.png', Object.assign(new Error('EACCES: …'), { code: 'EACCES' }));
      assert.equal(error.message, 'secret.png: no permission to read it');
    });

    test('cut-off files', async () => {
      const noisy = () =>
        sharp({
          create: {
            width: 200,
            height: 200,
            channels: 3,
            background: '#808080',
            noise: { type: 'gaussian', mean: 128, sigma: 40 },
          },
        });
      const files = {
        'cut.jpg': noisy().jpeg(),
        'progressive.jpg': noisy().jpeg({ progressive: true }),
        'cut.png': noisy().png(),
        'cut.webp': noisy().webp(),
        'cut.tif': noisy().tiff(),
        'cut.gif': noisy().gif(),
        'cut.avif': noisy().avif(),
      };
      for (const [name, image] of Object.entries(files)) {
        const bytes = await image.toBuffer();
        await refused(await content(name, bytes.subarray(0, bytes.length / 2)), /damaged|cut off/);
        await refused(await content(name, bytes.subarray(0, 20)), /damaged|cut off|not an image/);
      }
    });

    test('a header that claims too many pixels, before decoding', async () => {
      const bytes = await picture().png().toBuffer();
      bytes.writeUInt32BE(60000, 16);
      bytes.writeUInt32BE(60000, 20);
      await refused(
        await content('huge.png', bytes),
        /60000 × 60000.*limit of 100 megapixels.*labelless\.limits\.megapixels/,
        'labelless.limits.megapixels',
      );
      await refused(await make('a.png', picture()), /limit of 0.001 megapixels/, 'labelless.limits.megapixels', {
        ...limits,
        megapixels: 0.001,
      });
    });

    test('a file that is too large', async () => {
      await refused(await content('big.png', Buffer.alloc(20000)), /limit of 0.01 MB/, 'labelless.limits.fileSize', {
        ...limits,
        fileSize: 0.01,
      });
    });
  });
});
