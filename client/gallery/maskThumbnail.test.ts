import assert from 'node:assert/strict';
import { decode } from 'fast-png';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromLabels } from '../../mask/files/maskFiles';
import { maskThumbnail } from './maskThumbnail';

suite('A mask drawn small', () => {
  const palette = ['#000000', '#112233', '#445566'];

  test("has each label's colour, and black for background", () => {
    const document = new MaskDocument(
      stateFromLabels({ width: 3, height: 2, labels: Uint16Array.of(0, 1, 2, 2, 1, 0), palette }),
    );
    const { width, height, data } = decode(maskThumbnail(document));
    assert.deepEqual([width, height], [3, 2]);
    assert.deepEqual(
      [...data],
      [0, 0, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x44, 0x55, 0x66, 0x11, 0x22, 0x33, 0, 0, 0],
    );
  });

  test('is 320 pixels wide at most, and a pixel high at least', () => {
    for (const [width, height, expected] of [
      [1000, 10, [320, 3]],
      [700, 1, [320, 1]],
      [1, 50, [1, 50]],
    ] as const) {
      const labels = Uint16Array.from({ length: width * height }, (_, p) => (p % width < width / 2 ? 1 : 2));
      const small = decode(maskThumbnail(new MaskDocument(stateFromLabels({ width, height, labels, palette }))));
      assert.deepEqual([small.width, small.height], expected);
      assert.equal(small.data[0], 0x11);
      assert.equal(small.data[3 * (small.width - 1)], width === 1 ? 0x11 : 0x44);
    }
  });
});
