import assert from 'node:assert/strict';
import { areaHistogram, formatBytes, pictureFacts } from './pictureFacts';

suite('Facts of a picture', () => {
  const size = { width: 6000, height: 4000 };

  test('name size, file, format, pixels and orientation', () => {
    const header = { kind: 'jpeg', ...size, channels: 3, depth: 8, pages: 1, size: 8_300_000, orientation: 6 };
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: 8_300_000, header }), [
      ['Size', '6000 × 4000 (24.0 megapixels)'],
      ['File', '8.3 MB'],
      ['Format', 'JPEG'],
      ['Pixels', '3 channels of 8 bits'],
      ['Orientation', 'turned by 90° to the right (EXIF 6)'],
    ]);
  });

  test('tell what is known alone', () => {
    assert.deepEqual(pictureFacts(size, null).length, 1);
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: 812, header: null }).at(-1), ['File', '812 bytes']);
    const header = { kind: 'tiff', ...size, channels: 1, depth: 16, pages: 3, size: 1 };
    assert.deepEqual(pictureFacts(size, { type: 'info', bytes: null, header }).slice(1), [
      ['Format', 'TIFF, 3 pages or frames, of which the first is shown'],
      ['Pixels', '1 channel of 16 bits'],
      ['Orientation', 'not given by EXIF'],
    ]);
    assert.equal(formatBytes(34_140), '34.1 kB');
  });
});

suite('The histogram of label areas', () => {
  test('counts each label once, at the edges in the upper bin', () => {
    assert.deepEqual(areaHistogram([9, 10, 29, 30, 31, 299, 0]), [
      { from: 3, to: 10, count: 1 },
      { from: 10, to: 30, count: 2 },
      { from: 30, to: 100, count: 2 },
      { from: 100, to: 300, count: 1 },
    ]);
  });

  test('has empty bins between, none around, and none at all without labels', () => {
    assert.deepEqual(
      areaHistogram([24_000_000, 2]).map(({ count }) => count),
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    );
    assert.deepEqual(areaHistogram([1]), [{ from: 1, to: 3, count: 1 }]);
    assert.deepEqual(areaHistogram([0]), []);
  });
});
