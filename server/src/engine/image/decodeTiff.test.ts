import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ImageError } from './imageError';
import { readImageHeader } from './imageHeader';
import { loadImage, type LoadedImage } from './loadImage';

interface Reference {
  tiff: string;
  width: number;
  height: number;
  rgb: string;
}

const limits = { megapixels: 100, fileSize: 500 };

suite('TIFF', () => {
  let folder: string;
  let references: Record<string, Reference>;

  suiteSetup(async () => {
    const file = 'server/src/engine/image/tiffPictures.reference.json';
    references = JSON.parse(await readFile(file, 'utf8')) as Record<string, Reference>;
  });
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless tiff-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const bytesOf = (name: string) => Buffer.from(references[name].tiff, 'base64');
  async function load(bytes: Uint8Array, size?: [number, number]): Promise<LoadedImage> {
    const file = path.join(folder, 'a.tif');
    await writeFile(file, bytes);
    return loadImage(file, limits, { size });
  }

  /** Changes the value of a tag of a little-endian file. */
  function withTag(bytes: Buffer, tag: number, value: number): Buffer {
    const changed = Buffer.from(bytes);
    const directory = changed.readUInt32LE(4);
    for (let entry = directory + 2; entry < directory + 2 + 12 * changed.readUInt16LE(directory); entry += 12)
      if (changed.readUInt16LE(entry) === tag) changed.writeUInt32LE(value, entry + 8);
    return changed;
  }

  test('of any depth, packing and order is the picture that was written, and has its size', async () => {
    assert.ok(Object.keys(references).length > 50);
    for (const [name, { width, height, rgb }] of Object.entries(references)) {
      const { picture, header } = await load(bytesOf(name));
      assert.deepEqual([picture.width, picture.height], [width, height], name);
      assert.deepEqual([header.width, header.height], [width, height], name);
      const expected = Buffer.from(rgb, 'base64');
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - picture.rgb[i])));
      assert.ok(worst <= 1, `${name}: off by ${worst}`);
    }
  });

  test('is scaled like other pictures', async () => {
    const { picture } = await load(bytesOf('float64'), [38, 10]);
    assert.deepEqual([picture.width, picture.height, picture.rgb.length], [38, 10, 1140]);
    assert.ok(picture.rgb[0] < 10 && picture.rgb.at(-1)! > 245);
  });

  test('tells the range that is shown, the bands that are left out, and pixels without a value', async () => {
    const notes = async (name: string) => (await load(bytesOf(name))).notes.join('; ');
    assert.match(await notes('12 bits in 16, lzw'), /16-bit values are shown from 0 \(black\) to 4095 \(white\)/);
    assert.match(await notes('int16'), /16-bit signed values are shown from -1000 .* to 1000/);
    assert.match(await notes('float of any range'), /32-bit floating-point values are shown from -100 .* to 4900/);
    for (const name of ['the full range of 16 bits', 'most of the range of 16 bits', 'float64', 'alpha'])
      assert.equal(await notes(name), '', name);
    assert.equal(await notes('near infrared'), 'the first three of its 4 bands are used; 1 is left out');
    assert.equal(
      await notes('alpha after infrared'),
      'the first three of its 5 bands are used and its transparency; 1 is left out',
    );
    assert.match(await notes('not a number'), /8 of its pixels have no value/);
    assert.match(await notes('no data'), /shown from 100 .* to 600.*8 of its pixels have no value/);
  });

  test('that cannot be read is refused for what it is', async () => {
    const plain = bytesOf('near infrared');
    const cases: [string, Buffer, RegExp][] = [
      ['LERC', withTag(plain, 259, 34887), /its compression, LERC, is not supported/],
      ['unknown', withTag(plain, 259, 60000), /its compression, number 60000, is not supported/],
      ['JPEG of four bands', withTag(plain, 259, 7), /its 4 bands of 8 bits are compressed by JPEG/],
      ['sensor', withTag(plain, 262, 32803), /it holds raw data of a sensor/],
      ['complex', withTag(bytesOf('float64'), 339, 6), /it holds complex numbers/],
      ['depth', withTag(bytesOf('int32'), 258, 24), /its samples are signed numbers of 24 bits/],
    ];
    for (const [name, bytes, reason] of cases) {
      await assert.rejects(load(bytes), (error: unknown) => {
        assert.ok(error instanceof ImageError, name);
        assert.match(error.reason, reason, name);
        assert.doesNotMatch(error.reason, /damaged/, name);
        return true;
      });
    }
  });

  test('that is damaged, cut off or claims too much is refused at once', async () => {
    const whole = bytesOf('tiles');
    // Without its last bytes, a checksum, a packed tile is still whole.
    for (let length = 8; length < whole.length - 12; length += 7)
      await assert.rejects(load(whole.subarray(0, length)), ImageError, `${length} bytes`);
    for (const name of ['strips', 'planes', 'BigTIFF', 'float of 4 bytes, lzw, predicted']) {
      const bytes = bytesOf(name);
      let state = 1;
      for (let round = 0; round < 40; round++) {
        const broken = Buffer.from(bytes);
        for (let flips = 0; flips < 3; flips++) {
          state = (state * 48271) % 2147483647;
          broken[4 + (state % (broken.length - 4))] = state >> 8;
        }
        await load(broken).catch((error: unknown) => assert.ok(error instanceof ImageError, String(error)));
      }
    }
    const huge = withTag(withTag(withTag(bytesOf('float64'), 256, 8000), 257, 8000), 277, 65_000);
    await assert.rejects(load(huge), /unpack to \d+ MB|damaged/);
  });

  test('whose pages lead in a circle has each page once', async () => {
    const bytes = Buffer.from(bytesOf('int16'));
    const directory = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(directory, directory + 2 + 12 * bytes.readUInt16LE(directory));
    const file = path.join(folder, 'circle.tif');
    await writeFile(file, bytes);
    assert.equal((await readImageHeader(file, limits)).pages, 1);
  });
});
