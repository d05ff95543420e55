import assert from 'node:assert/strict';
import { formatBytes, pictureFacts } from './pictureFacts';

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
