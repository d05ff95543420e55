/** The values that are shown from black to white: as they are, or as the percentage of all values below them. */
export interface RangeChoice {
  readonly low: number;
  readonly high: number;
  readonly percent: boolean;
}

const number = String.raw`[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?`;
const rangeForm = new RegExp(`^(${number})(%?)\\.\\.(${number})(%?)$`, 'i');

/**
 * Reads a range: `auto`, or two numbers or percentages as in `100..4000` and `0.5%..99.5%`.
 * @returns null for `auto`; undefined for what is none, or does not rise
 */
export function parseRange(text: string): RangeChoice | null | undefined {
  if (text === 'auto') return null;
  const [, lowText, lowSign, highText, highSign] = rangeForm.exec(text.replaceAll(' ', '')) ?? [];
  if (lowText === undefined || lowSign !== highSign) return undefined;
  const [low, high, percent] = [Number(lowText), Number(highText), lowSign === '%'];
  const fits = Number.isFinite(low) && Number.isFinite(high) && low < high && (!percent || (low >= 0 && high <= 100));
  return fits ? { low, high, percent } : undefined;
}

/** The text of a range, which `parseRange` reads. */
export function rangeText({ low, high, percent }: RangeChoice): string {
  const sign = percent ? '%' : '';
  return `${low}${sign}..${high}${sign}`;
}
