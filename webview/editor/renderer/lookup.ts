import type { Grouping } from '../model/grouping';
import type { Visibility } from '../model/selection';

/**
 * Two 32-bit numbers a region: its packed 24-bit colour, and its group or 0 where nothing is to be drawn. The group's
 * number carries two marks above it.
 */
export type Lookup = Uint32Array;

/** The part of an entry that is the group's number. */
export const groupBits = 0xfffff;
/** Marks a region of a selected label. */
export const selectedBit = 0x80000000;
/** Marks a region that a tool offers to take. */
export const offeredBit = 0x40000000;

/** What of the look does not come from the labels themselves. */
export interface Marks {
  readonly visibility: Visibility;
  /** Selected groups. */
  readonly selected: ReadonlySet<number>;
  /** Regions that a tool offers to take. */
  readonly offered: Iterable<number>;
  /** Regions beyond the map's own that strokes in work are drawn with. */
  readonly drafts: readonly { readonly colour: number; readonly group: number }[];
}

/** The table from region to colour and group: all that a slider step, a click on an eye or a new colour changes. */
export function buildLookup(grouping: Grouping, { visibility, selected, offered, drafts }: Marks): Lookup {
  const { groupOf, colours, representative } = grouping;
  const shown = Uint32Array.from(representative, (one, group) => (visibility.shows(one) ? group : 0));
  for (const group of selected) if (shown[group] === group) shown[group] = (group | selectedBit) >>> 0;
  const lookup = new Uint32Array(2 * (groupOf.length + drafts.length));
  for (let region = 0; region < groupOf.length; region++) {
    const group = groupOf[region];
    lookup[2 * region] = colours[group];
    lookup[2 * region + 1] = shown[group];
  }
  for (const region of offered) lookup[2 * region + 1] |= offeredBit;
  drafts.forEach(({ colour, group }, at) => {
    lookup.set([colour, selected.has(group) ? (group | selectedBit) >>> 0 : group], 2 * (groupOf.length + at));
  });
  return lookup;
}

/** The marks that at least one region has. */
export function marksIn(lookup: Lookup): number {
  let marks = 0;
  for (let at = 1; at < lookup.length; at += 2) marks |= lookup[at];
  return (marks & (selectedBit | offeredBit)) >>> 0;
}
