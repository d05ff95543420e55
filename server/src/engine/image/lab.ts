/**
 * Converts CIE L*a*b* of 8 bits (D50, TIFF 6.0 section 23) to sRGB, in place.
 * @param signed whether a* and b* are signed bytes; otherwise 128 is their zero
 */
export function labToRgb(bytes: Uint8Array, signed: boolean): void {
  const chroma = (byte: number) => (signed ? (byte << 24) >> 24 : byte - 128);
  for (let p = 0; p < bytes.length; p += 3) {
    const fy = ((bytes[p] * 100) / 255 + 16) / 116;
    const x = whiteD50[0] * linear(fy + chroma(bytes[p + 1]) / 500);
    const y = linear(fy);
    const z = whiteD50[2] * linear(fy - chroma(bytes[p + 2]) / 200);
    // XYZ of D50 to linear sRGB, adapted to D65 by Bradford's method (Lindbloom).
    bytes[p] = encoded(3.1338561 * x - 1.6168667 * y - 0.4906146 * z);
    bytes[p + 1] = encoded(-0.9787684 * x + 1.9161415 * y + 0.033454 * z);
    bytes[p + 2] = encoded(0.0719453 * x - 0.2289914 * y + 1.4052427 * z);
  }
}

const whiteD50 = [0.9642, 1, 0.8249] as const;

function linear(f: number): number {
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
}

/** A linear value as a byte of sRGB (IEC 61966-2-1). */
function encoded(value: number): number {
  const light = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, light)));
}
