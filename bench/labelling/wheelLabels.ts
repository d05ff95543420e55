import { ignoreLabel } from '../../server/src/engine/dataset/layouts/classList';
import type { Cuttable } from '../quality/comparedMethods';
import type { PersonLabels } from './regionClasses';

/** A node of a hierarchy, all of whose pixels a person gives one class. */
export interface LabelledNode {
  readonly node: number;
  readonly index: number;
}

/**
 * Chooses the nodes that a person takes who turns the wheel to the size that fits at each place: those of the least
 * price in all, where a wrong pixel costs 1 and a click `priceOfClick`. They cover every region that has a truth, and
 * each gets the class that most of its truth has.
 */
export function nodesToLabel(
  { regions, hierarchy: { count, left, right } }: Cuttable,
  truth: Uint8Array,
  priceOfClick: number,
): LabelledNode[] {
  const classes = ignoreLabel;
  const nodes = 2 * count - 1;
  const votes = new Uint32Array(nodes * classes);
  truth.forEach((index, p) => {
    if (index !== ignoreLabel) votes[regions.ids[p]! * classes + index]!++;
  });
  const prices = new Float64Array(nodes);
  const chosen = new Uint8Array(nodes).fill(ignoreLabel);
  const isTaken = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node++) {
    const parts = node < count ? [] : [left[node - count]!, right[node - count]!];
    let [all, most] = [0, 0];
    for (let index = 0; index < classes; index++) {
      const at = node * classes + index;
      for (const part of parts) votes[at]! += votes[part * classes + index]!;
      all += votes[at]!;
      if (votes[at]! > most) [most, chosen[node]] = [votes[at]!, index];
    }
    const own = all === 0 ? 0 : priceOfClick + all - most;
    const divided = parts.length === 0 ? Infinity : parts.reduce((sum, part) => sum + prices[part]!, 0);
    isTaken[node] = own <= divided ? 1 : 0;
    prices[node] = Math.min(own, divided);
  }
  const taken: LabelledNode[] = [];
  for (const open = [nodes - 1]; open.length > 0;) {
    const node = open.pop()!;
    if (isTaken[node] === 0) open.push(right[node - count]!, left[node - count]!);
    else if (chosen[node] !== ignoreLabel) taken.push({ node, index: chosen[node]! });
  }
  return taken;
}

/** Labels a picture as a person would who gives nodes of any size a class, a click each. */
export function labelNodes(cuttable: Cuttable, truth: Uint8Array, priceOfClick: number): PersonLabels {
  const { count, left, right } = cuttable.hierarchy;
  const nodes = nodesToLabel(cuttable, truth, priceOfClick);
  const classOf = new Uint8Array(2 * count - 1).fill(ignoreLabel);
  for (const { node, index } of nodes) classOf[node] = index;
  for (let node = 2 * count - 2; node >= count; node--)
    if (classOf[node] !== ignoreLabel)
      for (const part of [left[node - count]!, right[node - count]!]) classOf[part] = classOf[node]!;
  return { classes: Uint8Array.from(cuttable.regions.ids, id => classOf[id]!), clicks: nodes.length };
}
