import { neighboursOf } from '../../../../mask/regions/connectivity';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { SourceLabels } from './sourceLabels';

/** The share of the votes of connected regions at which all of them become one object. */
const wholeShare = 0.75;

/**
 * Divides the regions of each group among its labels, the objects of a class: connected regions become the object that
 * has most of their votes, and where several objects touch, each region becomes the one that has most of its own.
 * @param groups by region: its group, -1 for none
 * @param votes by region and label, see `voteForSources`
 * @returns by region: the index of its label, or `source.background`; -1 for none
 */
export function wholeObjects(
  groups: Int32Array,
  votes: Float32Array,
  source: SourceLabels,
  regions: RegionMap,
): Int32Array {
  const width = source.nothing + 1;
  const members = membersOfGroups(source);
  const result = new Int32Array(groups.length).fill(-1);
  const best = (among: readonly number[], votesAt: (member: number) => number) =>
    among.reduce((most, member) => (votesAt(member) > votesAt(most) ? member : most), among[0]);
  for (const part of connectedGroups(groups, regions)) {
    const among = members[groups[part[0]]];
    if (among.includes(source.nothing)) continue;
    const sums = new Map(among.map(one => [one, part.reduce((sum, region) => sum + votes[region * width + one], 0)]));
    const winner = best(among, one => sums.get(one)!);
    const all = [...sums.values()].reduce((sum, one) => sum + one, 0);
    const isWhole = sums.get(winner)! >= wholeShare * all;
    for (const region of part) {
      const own = isWhole ? winner : best(among, one => votes[region * width + one]);
      result[region] = votes[region * width + own] > 0 ? own : winner;
    }
  }
  return result;
}

function membersOfGroups({ groupOf, groups }: SourceLabels): number[][] {
  const members = Array.from({ length: groups }, (): number[] => []);
  groupOf.forEach((group, one) => members[group].push(one));
  return members;
}

/** The connected parts of regions that have one group. */
function connectedGroups(groups: Int32Array, regions: RegionMap): number[][] {
  const { offsets, targets } = neighboursOf(regions);
  const seen = Uint8Array.from(groups, group => (group < 0 ? 1 : 0));
  const parts: number[][] = [];
  for (let start = 0; start < groups.length; start++) {
    if (seen[start]) continue;
    seen[start] = 1;
    const part = [start];
    for (let i = 0; i < part.length; i++)
      for (const other of targets.subarray(offsets[part[i]], offsets[part[i] + 1])) {
        if (seen[other] || groups[other] !== groups[start]) continue;
        seen[other] = 1;
        part.push(other);
      }
    parts.push(part);
  }
  return parts;
}
