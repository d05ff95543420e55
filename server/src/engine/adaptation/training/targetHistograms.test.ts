import assert from 'node:assert/strict';
import { denormalisedByte, normalisedByte } from '../../dataset/streaming/imageNormalisation';
import { matchHistograms } from './targetHistograms';

/** Makes pictures of bytes, by picture, then by channel. */
const pictures = (width: number, height: number, planes: readonly (readonly number[])[]) => ({
  shape: [planes.length / 3, 3, height, width],
  data: Float32Array.from(planes.flatMap((plane, at) => plane.map(byte => normalisedByte(byte, at % 3)))),
});
const bytesOf = ({ shape, data }: ReturnType<typeof matchHistograms>) => {
  const area = shape[2] * shape[3];
  return Array.from({ length: data.length / area }, (_, at) =>
    [...data.subarray(at * area, (at + 1) * area)].map(value => denormalisedByte(value, at % 3)),
  );
};

suite('histograms of the target', () => {
  test("each pixel takes the target's level of its rank, in its own channel", () => {
    const source = pictures(2, 2, [
      [10, 20, 30, 40],
      [200, 100, 150, 50],
      [0, 0, 255, 255],
    ]);
    const target = pictures(4, 1, [
      [7, 5, 3, 1],
      [60, 80, 70, 90],
      [9, 9, 11, 11],
    ]);
    assert.deepEqual(bytesOf(matchHistograms(target, source, 1)), [
      [1, 3, 5, 7],
      [90, 70, 80, 60],
      [9, 9, 11, 11],
    ]);
  });

  test('a picture keeps its own histogram, whatever the number of its pixels', () => {
    const planes = [0, 1, 2].map(channel => Array.from({ length: 35 }, (_, p) => (p * p * 7 + 40 * channel) % 256));
    const picture = pictures(7, 5, planes);
    assert.deepEqual(bytesOf(matchHistograms(picture, picture, 1)), planes);
  });

  test('a larger target counts by shares; pictures after the first so many stay as they are', () => {
    const source = pictures(
      2,
      1,
      Array.from({ length: 6 }, () => [100, 200]),
    );
    const target = pictures(
      6,
      1,
      Array.from({ length: 6 }, () => [3, 3, 3, 8, 8, 8]),
    );
    const before = Float32Array.from(source.data);
    const matched = matchHistograms(target, source, 1);
    assert.deepEqual(bytesOf(matched), [
      [3, 8],
      [3, 8],
      [3, 8],
      [100, 200],
      [100, 200],
      [100, 200],
    ]);
    assert.deepEqual(matched.data.subarray(6), source.data.subarray(6));
    assert.deepEqual(source.data, before);
  });
});
