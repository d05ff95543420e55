import { leavesOf } from '../regions/hierarchy';
import { targetOf } from './labelEdits';
import type { MaskDocument } from './maskDocument';
import type { MaskState } from './maskState';
import { StateBuilder, type EditTarget } from './stateBuilder';

/**
 * Edits of nodes of the hierarchy. Each answers the state after it, null when it would change nothing. All throw an
 * Error that says what to do when the mask has no such node, or when the target is locked.
 */

/**
 * Gives all base regions below some nodes to a label, to which they belong at every granularity from then on. Regions
 * of locked labels stay.
 */
export function take(document: MaskDocument, nodes: readonly number[], into: EditTarget): MaskState | null {
  const regions = regionsBelow(document, nodes);
  const builder = new StateBuilder(document);
  builder.giveRegions(regions, targetOf(document, builder, into));
  return builder.finish();
}

/**
 * Lets all base regions below some nodes follow the hierarchy again, which takes them back from the labels, and from
 * the background, that they were given to. Regions of locked labels stay.
 */
export function giveBack(document: MaskDocument, nodes: readonly number[]): MaskState | null {
  const regions = regionsBelow(document, nodes);
  const builder = new StateBuilder(document);
  builder.releaseRegions(regions);
  return builder.finish();
}

function regionsBelow({ state: { hierarchy } }: MaskDocument, nodes: readonly number[]): Set<number> {
  if (!hierarchy)
    throw new Error('This mask has no hierarchy of regions to take some from. Segment the image again to get one.');
  if (nodes.some(node => node > 2 * hierarchy.count - 2))
    throw new Error('The hierarchy of this mask has no such region.');
  return new Set(nodes.flatMap(node => leavesOf(hierarchy, node)));
}
