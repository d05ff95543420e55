import type { TiffLayout } from './tiffLayout';

const differences = 2;
const floatingPoint = 3;

/** Whether `undoPrediction` knows the prediction of a layout. */
export function knowsPrediction({ predictor, bits, format }: TiffLayout): boolean {
  if (predictor === differences) return [8, 16, 32, 64].includes(bits);
  return predictor === floatingPoint ? format === 'float' && [16, 32, 64].includes(bits) : true;
}

/**
 * Restores samples that a strip or tile holds as differences from their left neighbours (TIFF 6.0, section 14; Adobe
 * Photoshop TIFF Technical Note 3 for floating point).
 * @returns the samples in the byte order of the layout; `data` itself where nothing was predicted
 */
export function undoPrediction(layout: TiffLayout, data: Uint8Array, rows: number): Uint8Array {
  if (layout.predictor !== differences && layout.predictor !== floatingPoint) return data;
  const { bits, segment, planar } = layout;
  const stride = planar ? 1 : layout.bands;
  const size = bits / 8;
  const samples = segment.width * stride;
  // A copy, since data that was not packed is the file's own bytes.
  const restored = new Uint8Array(data.subarray(0, rows * samples * size));
  for (let y = 0; y < rows; y++) {
    const row = restored.subarray(y * samples * size, (y + 1) * samples * size);
    if (layout.predictor === differences) addUp(row, stride, size, layout.littleEndian);
    else joinBytes(row, stride, size, layout.littleEndian);
  }
  return restored;
}

function addUp(row: Uint8Array, stride: number, size: number, littleEndian: boolean): void {
  // Addition byte by byte with carry, in either byte order and at any size.
  for (let at = stride * size; at < row.length; at += size) {
    let carry = 0;
    for (let k = 0; k < size; k++) {
      const byte = at + (littleEndian ? k : size - 1 - k);
      const sum = row[byte] + row[byte - stride * size] + carry;
      row[byte] = sum;
      carry = sum >> 8;
    }
  }
}

/** The bytes are differences, and all first bytes of a row's samples come before all second ones. */
function joinBytes(row: Uint8Array, stride: number, size: number, littleEndian: boolean): void {
  for (let at = stride; at < row.length; at++) row[at] += row[at - stride];
  const parted = row.slice();
  const samples = row.length / size;
  for (let sample = 0; sample < samples; sample++) {
    for (let k = 0; k < size; k++)
      row[sample * size + (littleEndian ? size - 1 - k : k)] = parted[k * samples + sample];
  }
}
