import type { Grouping } from '../model/grouping';
import type { Visibility } from '../model/visibility';

/** Two 32-bit numbers a region: its packed 24-bit colour, and its group or 0 where nothing is to be drawn. */
export type Lookup = Uint32Array;

/** The table from region to colour and group: all that a slider step, a click on an eye or a new colour changes. */
export function buildLookup(grouping: Grouping, visibility: Visibility): Lookup {
  const { groupOf, colours, representative } = grouping;
  const shown = Uint8Array.from(representative, one => (visibility.shows(one) ? 1 : 0));
  const lookup = new Uint32Array(2 * groupOf.length);
  for (let region = 0; region < groupOf.length; region++) {
    const group = groupOf[region];
    lookup[2 * region] = colours[group];
    lookup[2 * region + 1] = shown[group] === 1 ? group : 0;
  }
  return lookup;
}
