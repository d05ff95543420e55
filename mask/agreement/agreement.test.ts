import assert from 'node:assert/strict';
import { agreementOf } from './agreement';

suite('The agreement of masks', () => {
  const map = (text: string, width: number) => ({
    width,
    height: text.length / width,
    labels: Uint16Array.from(text, Number),
  });

  test('is whole for the same regions under other names', () => {
    assert.deepEqual(agreementOf(map('112211', 6), map('334455', 6)), {
      meanIoU: 1,
      covering: 1,
      regions: 3,
      segments: 3,
    });
  });

  test('takes a mask apart into connected regions, a truth by its labels', () => {
    // Regions 11, 22, 11 against labels 1 (4 pixels) and 2 (2): best IoU 2/4 and 1; covering (4 × 0.5 + 2 × 1) / 6.
    assert.deepEqual(agreementOf(map('112211', 6), map('112211', 6)), {
      meanIoU: 0.75,
      covering: 4 / 6,
      regions: 3,
      segments: 2,
    });
  });

  test('refuses other sizes', () => {
    assert.throws(() => agreementOf(map('1111', 2), map('1111', 4)), /2×2 pixels, the other 4×1/);
  });
});
