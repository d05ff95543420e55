import type { LabelView } from '../../../protocol/editor';

/** The labels that a filter text leaves, largest first; equal areas in order of their values. */
export function labelRows(labels: readonly LabelView[], filter: string): LabelView[] {
  const wanted = filter.trim().toLocaleLowerCase();
  return labels
    .filter(label => wanted === '' || label.name.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => b.area - a.area || a.value - b.value);
}

/** The rows of a virtual list that can be seen, with a few more on both sides: `first` inclusive, `end` exclusive. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): { first: number; end: number } {
  const spare = 4;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first: Math.min(first, end), end };
}
