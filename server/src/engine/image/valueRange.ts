import { rangeText, type RangeChoice } from '../../../../mask/document/rangeChoice';

/** The range of values that is shown from black to white. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  /** Whether it is that of the values themselves, since they use too little of what their type can hold. */
  readonly stretched: boolean;
  /** The choice of a user by which it is so, as a text. */
  readonly choice?: string;
}

/** The numbers of an image: their kind, and how many bits each has. */
export interface ValueType {
  readonly format: 'uint' | 'int' | 'float';
  readonly bits: number;
}

/**
 * Chooses the range of values to show: all that the type can hold where the values use it, else from their minimum to
 * their maximum. Unsigned numbers use it when they reach into its upper half and span an eighth of it; those of up to 8
 * bits always do. Signed numbers use it when they span half of it. Of floating point the full range is 0 to 1, or 0 to
 * 255 for values above 1.
 * @param low the least value, and `high` the greatest; `low > high` where there is none
 */
export function chooseRange({ format, bits }: ValueType, low: number, high: number): ValueRange {
  const [from, to] = fullRange({ format, bits }, low, high);
  const span = to - from;
  const isUsed =
    format === 'int' ? high - low >= span / 2 : low >= from && high <= to && high >= span / 2 && high - low >= span / 8;
  if (isUsed || low >= high || (format === 'uint' && bits <= 8)) return { low: from, high: to, stretched: false };
  return { low, high, stretched: true };
}

function fullRange({ format, bits }: ValueType, low: number, high: number): readonly [number, number] {
  if (format === 'uint') return [0, 2 ** bits - 1];
  if (format === 'int') return [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return [0, low >= 0 && high <= 1 ? 1 : 255];
}

/** The least and the greatest of values, and their percentiles where these are wanted. */
interface ValueSpread {
  readonly low: number;
  readonly high: number;
  percentile?(percent: number): number;
}

/** The range that a user wants; a fitting one where none is wanted, or all values are the same. */
export function chosenRange(wanted: RangeChoice | null, type: ValueType, values: ValueSpread): ValueRange {
  if (!wanted) return chooseRange(type, values.low, values.high);
  const { percent } = wanted;
  const valueAt = (bound: number) => (percent ? (values.percentile?.(bound) ?? NaN) : bound);
  const [low, high] = [valueAt(wanted.low), valueAt(wanted.high)];
  // So also where there is no value at all.
  if (!(low < high)) return chooseRange(type, values.low, values.high);
  return { low, high, stretched: true, choice: rangeText(wanted) };
}

/** Says how values are shown, where that is not the full range of their type. */
export function rangeNote({ low, high, choice }: ValueRange, { format, bits }: ValueType): string {
  const kind = { uint: '', int: 'signed ', float: 'floating-point ' }[format];
  const number = (value: number) => Number(value.toPrecision(6)).toString();
  const why =
    choice === undefined
      ? 'their minimum and maximum, since they do not fill the range of their type'
      : `the range ${choice} of labelless.image.range`;
  return `its ${bits}-bit ${kind}values are shown from ${number(low)} (black) to ${number(high)} (white), ${why}`;
}
