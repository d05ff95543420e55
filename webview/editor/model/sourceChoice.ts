import { parseRange, rangeText, type RangeChoice } from '../../../mask/document/rangeChoice';

/** How the values that are black and white are chosen. */
export type RangeKind = 'auto' | 'extent' | 'percent' | 'values';

const extent: RangeChoice = { low: 0, high: 100, percent: true };

/** The kind of a range in the form of the setting `image.range`. */
export function rangeKindOf(range: string): RangeKind {
  const choice = parseRange(range);
  if (!choice) return 'auto';
  if (!choice.percent) return 'values';
  return choice.low === extent.low && choice.high === extent.high ? 'extent' : 'percent';
}

/** A range in the form of the setting `image.range`; undefined where the bounds do not rise, or are no percentages. */
export function rangeOf(kind: RangeKind, low: number, high: number): string | undefined {
  if (kind === 'auto') return 'auto';
  const text = rangeText(kind === 'extent' ? extent : { low, high, percent: kind === 'percent' });
  return parseRange(text) ? text : undefined;
}
