/** The most values that are kept for percentiles. */
const mostValues = 4_000_000;

/**
 * The least and the greatest of values and their percentiles, without those that are no number, infinite or mean that
 * there is no value. Percentiles of an image of more than four million values are those of pixels at regular distances.
 */
export class ValueStatistics {
  low = Infinity;
  high = -Infinity;
  private readonly width: number;
  /** Every so many pixels one is kept. */
  private readonly step: number;
  private readonly kept: Float64Array;
  private count = 0;
  private sorted = false;

  /** @param sampled the size of the image, where percentiles are wanted */
  constructor(
    private readonly noData: number | undefined,
    sampled?: { readonly width: number; readonly height: number; readonly bands: number },
  ) {
    const { width, height, bands } = sampled ?? { width: 0, height: 0, bands: 0 };
    const total = width * height * bands;
    this.width = width;
    this.step = Math.max(1, Math.ceil(total / mostValues));
    // Pixels in the same columns of all rows would be a poor choice.
    if (this.step > 1) while (commonDivisor(this.step, width) > 1) this.step++;
    this.kept = new Float64Array(Math.ceil((width * height) / this.step) * bands);
  }

  /** Takes values of a band from pixel `x` of row `y` on. */
  add(x: number, y: number, values: Float64Array): void {
    const { noData, step, kept } = this;
    const samples = kept.length > 0;
    for (let i = 0, pixel = y * this.width + x; i < values.length; i++, pixel++) {
      const value = values[i];
      if (value === noData || !Number.isFinite(value)) continue;
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
      if (samples && pixel % step === 0) kept[this.count++] = value;
    }
  }

  /** The value below which a percentage of the values is, interpolated between the two nearest; NaN without values. */
  percentile(percent: number): number {
    if (percent === 0) return this.low;
    if (percent === 100) return this.high;
    const values = this.kept.subarray(0, this.count);
    if (!this.sorted) values.sort();
    this.sorted = true;
    const place = (percent / 100) * (values.length - 1);
    const [below, above] = [values[Math.floor(place)], values[Math.ceil(place)]];
    const part = place - Math.floor(place);
    return below * (1 - part) + above * part;
  }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
