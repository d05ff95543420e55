import assert from 'node:assert/strict';
import { decodeBmp } from './bmp';
import { ImageError } from './imageError';

interface Layout {
  width: number;
  /** Negative for rows from the top. */
  height: number;
  bits: number;
  compression?: number;
  /** Bytes after the 40-byte header: masks or palette. */
  extra?: number[];
  colours?: number;
  rows: number[][];
}

/** A bitmap with the 40-byte header; each row is padded to four bytes. */
function bitmap({ width, height, bits, compression = 0, extra = [], colours = 0, rows }: Layout): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(colours, 46);
  const padded = rows.flatMap(row => [...row, ...Array<number>((4 - (row.length % 4)) % 4).fill(0)]);
  return Buffer.concat([header, Buffer.from(extra), Buffer.from(padded)]);
}

const decode = (layout: Layout) => [...decodeBmp('a.bmp', bitmap(layout)).rgb];
const word = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24];

suite('BMP', () => {
  const red = [255, 0, 0],
    green = [0, 255, 0],
    blue = [0, 0, 255];

  test('24 bits: blue first, rows from the bottom, padded', () => {
    assert.deepEqual(
      decode({
        width: 1,
        height: 2,
        bits: 24,
        rows: [
          [3, 2, 1],
          [6, 5, 4],
        ],
      }),
      [4, 5, 6, 1, 2, 3],
    );
  });

  test('a negative height means rows from the top', () => {
    assert.deepEqual(
      decode({
        width: 1,
        height: -2,
        bits: 24,
        rows: [
          [3, 2, 1],
          [6, 5, 4],
        ],
      }),
      [1, 2, 3, 4, 5, 6],
    );
  });

  test('palettes of 1, 4 and 8 bits, the first pixel in the highest bits', () => {
    const extra = [0, 0, 255, 0, 0, 255, 0, 0];
    assert.deepEqual(decode({ width: 3, height: 1, bits: 1, extra, rows: [[0b01000000]] }), [...red, ...green, ...red]);
    assert.deepEqual(decode({ width: 3, height: 1, bits: 4, colours: 2, extra, rows: [[0x10, 0x10]] }), [
      ...green,
      ...red,
      ...green,
    ]);
    assert.deepEqual(decode({ width: 2, height: 1, bits: 8, colours: 2, extra, rows: [[1, 0]] }), [...green, ...red]);
  });

  test('32 bits without masks ignores the fourth byte; with an alpha mask it is laid over white', () => {
    assert.deepEqual(decode({ width: 1, height: 1, bits: 32, rows: [[255, 0, 0, 0]] }), blue);
    const extra = [0xff0000, 0xff00, 0xff, 0xff000000].flatMap(word);
    assert.deepEqual(
      decode({ width: 2, height: 1, bits: 32, compression: 6, extra, rows: [[255, 0, 0, 0, 0, 255, 0, 255]] }),
      [255, 255, 255, ...green],
    );
  });

  test('16 bits: five a channel, or by masks', () => {
    assert.deepEqual(decode({ width: 2, height: 1, bits: 16, rows: [[0x00, 0x7c, 0x1f, 0x00]] }), [...red, ...blue]);
    const extra = [0xf800, 0x7e0, 0x1f].flatMap(word);
    assert.deepEqual(
      decode({ width: 2, height: 1, bits: 16, compression: 3, extra, rows: [[0xe0, 0x07, 0x00, 0xf8]] }),
      [...green, ...red],
    );
  });

  test('refuses what is damaged, cut off or compressed', () => {
    const refused = (bytes: Buffer, reason: RegExp) =>
      assert.throws(
        () => decodeBmp('a.bmp', bytes),
        (error: Error) => error instanceof ImageError && reason.test(error.message),
      );
    const whole = bitmap({ width: 4, height: 4, bits: 24, rows: Array<number[]>(4).fill(Array<number>(12).fill(9)) });
    refused(whole.subarray(0, 80), /cut off/);
    refused(whole.subarray(0, 30), /cut off/);
    refused(bitmap({ width: 1e6, height: 1e6, bits: 24, rows: [] }), /cut off/);
    refused(bitmap({ width: 0, height: 4, bits: 24, rows: [] }), /0 × 4/);
    refused(bitmap({ width: 4, height: 4, bits: 7, rows: [] }), /7 bits/);
    refused(bitmap({ width: 4, height: 4, bits: 8, compression: 1, rows: [] }), /run-length/);
    refused(bitmap({ width: 4, height: 4, bits: 8, extra: [0, 0], rows: [[1, 1, 1, 1], [0], [0], [0]] }), /palette/);
  });
});
