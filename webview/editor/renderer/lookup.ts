import type { Visibility } from '../model/selection';
import type { Grouping } from '../regions/grouping';

/**
 * By region: what the renderer draws, as two 32-bit numbers. The first is the packed 24-bit colour; the second the
 * group with a mark of the selection in its upper bit, or 0 where nothing is drawn.
 */
export type Lookup = Uint32Array;

/** The bits of an entry that contain the number of the group. */
export const groupBits = 0xfffff;
/** Marks a region of a selected label. */
export const selectedBit = 0x80000000;

/** What changes the appearance of labels besides their own colours. */
export interface LookupMarks {
  readonly visibility: Visibility;
  /** Selected groups. */
  readonly selected: ReadonlySet<number>;
  /** Pending strokes, whose regions follow the map's own. */
  readonly strokes: readonly { readonly colour: number; readonly group: number }[];
}

/** Builds the lookup table, which is all that a slider step, hiding a label or another colour changes. */
export function buildLookup(grouping: Grouping, { visibility, selected, strokes: drafts }: LookupMarks): Lookup {
  const { groupOf, colours, representative } = grouping;
  const shown = Uint32Array.from(representative, (region, group) => (visibility.shows(region) ? group : 0));
  for (const group of selected) if (shown[group] === group) shown[group] = (group | selectedBit) >>> 0;
  const lookup = new Uint32Array(2 * (groupOf.length + drafts.length));
  for (let region = 0; region < groupOf.length; region++) {
    const group = groupOf[region]!;
    lookup[2 * region] = colours[group]!;
    lookup[2 * region + 1] = shown[group]!;
  }
  drafts.forEach(({ colour, group }, at) => {
    lookup.set([colour, selected.has(group) ? (group | selectedBit) >>> 0 : group], 2 * (groupOf.length + at));
  });
  return lookup;
}

/** The marks that at least one region has. */
export function marksIn(lookup: Lookup): number {
  let marks = 0;
  for (let at = 1; at < lookup.length; at += 2) marks |= lookup[at]!;
  return (marks & selectedBit) >>> 0;
}
