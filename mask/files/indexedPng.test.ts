import assert from 'node:assert/strict';
import { encode, type BitDepth } from 'fast-png';
import sharp from 'sharp';
import { decodeMaskPng, encodeMaskPng, isMask, isOwnMask } from './indexedPng';
import { below, seeded } from '../testing/randomMasks';

const random = seeded(1);
const labelsUpTo = (top: number, pixels: number) =>
  Uint16Array.from({ length: pixels }, (_, p) => (p === 0 ? top : below(random, top + 1)));
const greys = (count: number) =>
  Array.from({ length: count }, (_, i) => `#${(i % 256).toString(16).padStart(2, '0').repeat(3)}`);

/** A PNG of `width × height` zeros, well-formed whatever its header claims. */
function altered(change: (bytes: Uint8Array) => void): Uint8Array {
  const bytes = encodeMaskPng({ width: 4, height: 4, labels: new Uint16Array(16) }, []);
  change(bytes);
  return bytes;
}

suite('Mask files', () => {
  for (const [width, height, top] of [
    [1, 1, 0],
    [1, 1, 1],
    [1, 5000, 3],
    [5000, 1, 255],
    [33, 21, 255],
    [40, 30, 256],
    [300, 230, 65535],
  ]) {
    test(`hold ${width}×${height} pixels with labels up to ${top}`, () => {
      const labels = labelsUpTo(top, width * height);
      const png = encodeMaskPng({ width, height, labels }, greys(top));
      const read = decodeMaskPng(png);
      assert.deepEqual(read, { width, height, labels, palette: top > 255 ? null : ['#000000', ...greys(top)] });
      assert.ok(isMask(png) && isOwnMask(png));
    });
  }

  test('are indexed with the colours shown up to 255, as another program sees them', async () => {
    const labels = labelsUpTo(255, 20 * 30);
    const png = encodeMaskPng({ width: 20, height: 30, labels }, greys(255).reverse());
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [20, 30, 3]);
    labels.forEach((value, p) => assert.equal(data[3 * p], value === 0 ? 0 : 255 - value));
    const { isPalette, bitsPerSample } = await sharp(png).metadata();
    assert.deepEqual([isPalette, bitsPerSample], [true, 8]);
  });

  test('are 16-bit grey above, as another program sees them', async () => {
    const labels = labelsUpTo(40000, 20 * 30);
    const png = encodeMaskPng({ width: 20, height: 30, labels }, []);
    const data = await sharp(png).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer();
    assert.deepEqual(new Uint16Array(data.buffer, data.byteOffset, labels.length), labels);
  });

  for (const depth of [1, 2, 4] as BitDepth[]) {
    test(`of ${depth} bits a pixel, from elsewhere, are read; they are not Labelless's own`, () => {
      const rowBytes = Math.ceil((7 * depth) / 8);
      const data = Uint8Array.from({ length: 3 * rowBytes }, () => below(random, 256));
      const png = encode({
        width: 7,
        height: 3,
        depth,
        channels: 1,
        data,
        palette: Array.from({ length: 2 ** depth }, (_, i) => [i, i, i]),
      });
      const bits = (y: number, x: number) => {
        const row = [...data.subarray(y * rowBytes, (y + 1) * rowBytes)]
          .map(byte => byte.toString(2).padStart(8, '0'))
          .join('');
        return parseInt(row.slice(x * depth, (x + 1) * depth), 2);
      };
      assert.deepEqual(
        [...decodeMaskPng(png).labels],
        Array.from({ length: 21 }, (_, p) => bits(Math.floor(p / 7), p % 7)),
      );
      assert.ok(isMask(png) && !isOwnMask(png));
    });
  }

  test('that another program compressed and filtered are read', async () => {
    const grey = Uint8Array.from({ length: 64 * 48 }, (_, p) => (p % 64) + Math.floor(p / 64));
    const png = await sharp(grey, { raw: { width: 64, height: 48, channels: 1 } })
      .toColourspace('b-w')
      .png({ adaptiveFiltering: true })
      .toBuffer();
    assert.deepEqual(decodeMaskPng(png).labels, Uint16Array.from(grey));
  });

  test('are refused when they are pictures', () => {
    for (const channels of [2, 3, 4]) {
      const png = encode({ width: 2, height: 2, channels, data: new Uint8Array(4 * channels) });
      assert.throws(() => decodeMaskPng(png), /a picture, not a mask/);
      assert.ok(!isMask(png) && !isOwnMask(png));
    }
  });

  test('are refused when they are no PNG, cut off or damaged', () => {
    const sound = altered(() => undefined);
    assert.throws(() => decodeMaskPng(new Uint8Array()), /not a PNG/);
    assert.throws(() => decodeMaskPng(new TextEncoder().encode('just some text')), /not a PNG/);
    for (let length = 8; length < sound.length; length++)
      assert.throws(() => decodeMaskPng(sound.subarray(0, length)), /cut off/);
    const remark = Buffer.from(sound).indexOf('tEXt') - 4;
    for (let at = 8; at < remark; at++) {
      assert.throws(
        () =>
          decodeMaskPng(
            altered(bytes => {
              bytes[at] ^= 0x10;
            }),
          ),
        Error,
        `byte ${at}`,
      );
    }
  });

  test('are refused for their size before anything is decoded', () => {
    const huge = altered(bytes => new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 60000));
    new DataView(huge.buffer, huge.byteOffset).setUint32(20, 60000);
    assert.throws(() => decodeMaskPng(huge), /60000×60000 pixels is beyond the limit/);
    assert.throws(
      () =>
        decodeMaskPng(
          altered(() => undefined),
          15,
        ),
      /4×4 pixels is beyond the limit of 15/,
    );
  });

  test('are refused when they unpack to more than their size', () => {
    const labels = new Uint16Array(4000 * 4000);
    const bomb = encodeMaskPng({ width: 4000, height: 4000, labels }, []);
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(20, 1000);
    assert.throws(() => decodeMaskPng(bomb), /more bytes/);
  });
});
