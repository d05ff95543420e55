import { neighboursOf, type Neighbours } from '../regions/connectivity';
import { ColourChooser } from './colourChooser';
import { palette } from './palettes';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/** Stands for a region that has no colour yet; the palette is shorter. */
const none = 255;

/**
 * The default colour of each region, as an index into `palette`: that of the label that the region stands for, whatever
 * the granularity, so that a label keeps its colour when the slider moves.
 *
 * Regions take their colours in the order in which their labels appear as the cut gets finer, by the rules of
 * `ColourChooser`. The labels of a cut are the first to appear. So at every granularity all labels have different
 * colours as long as the palette has enough of them, those of the first eight labels being safe for colour-blind eyes;
 * and neighbours differ at every granularity, however many labels there are: two labels side by side were so already
 * when the later of them appeared, since labels only lose regions from then on. Its limits: labels that a user paints
 * or pins appear outside this order, and a region that touches more labels than there are colours shares one of theirs.
 *
 * Takes time in O(n log(largest area)) for regions with few neighbours, since a region changes sides only when its part
 * is the smaller.
 * @param preferred colours to keep where the rules allow, such as those of the preview before this one
 */
export function defaultColours(regions: RegionMap, hierarchy: Hierarchy | null, preferred?: Uint8Array): Uint8Array {
  const colourer = new RegionColourer(regions.count, neighboursOf(regions), preferred);
  if (hierarchy) colourTree(hierarchy, colourer);
  for (let region = hierarchy?.count ?? 0; region < regions.count; region++) colourer.colour(region, [region]);
  return colourer.chosen;
}

/**
 * Undoes the merges from the last to the first; at each the right child, the smaller, becomes a label with a colour of
 * its own.
 */
function colourTree(hierarchy: Hierarchy, colourer: RegionColourer): void {
  const { count, right } = hierarchy;
  const { leaves, start, size, stands } = layOut(hierarchy);
  const root = 2 * count - 2;
  colourer.colour(stands[root], leaves);
  for (let k = count - 2; k >= 0; k--) {
    const node = right[k];
    colourer.colour(stands[node], leaves.subarray(start[node], start[node] + size[node]));
  }
}

/**
 * The leaves in an order in which those of each node are side by side: `leaves[start[node]] …`, `size[node]` of them.
 */
function layOut({ count, left, right }: Hierarchy) {
  const nodes = 2 * count - 1;
  const size = new Uint32Array(nodes).fill(1, 0, count);
  const stands = Uint32Array.from({ length: nodes }, (_, node) => node);
  for (let k = 0; k < count - 1; k++) {
    size[count + k] = size[left[k]] + size[right[k]];
    stands[count + k] = stands[left[k]];
  }
  const start = new Uint32Array(nodes);
  for (let k = count - 2; k >= 0; k--) {
    start[left[k]] = start[count + k];
    start[right[k]] = start[count + k] + size[left[k]];
  }
  const leaves = new Uint32Array(count);
  for (let leaf = 0; leaf < count; leaf++) leaves[start[leaf]] = leaf;
  return { leaves, start, size, stands };
}

/** Colours labels as they appear, each beside those that are there. */
class RegionColourer {
  /** Colour by region that stands for a label. */
  readonly chosen: Uint8Array;
  /** Colour that each region shows at the moment, `none` before it has one. */
  private readonly shown: Uint8Array;
  private readonly chooser = new ColourChooser(palette);

  constructor(
    count: number,
    private readonly neighbours: Neighbours,
    private readonly preferred: Uint8Array | undefined,
  ) {
    this.chosen = new Uint8Array(count);
    this.shown = new Uint8Array(count).fill(none);
  }

  /** Colours the label of `parts`, for which `region` stands. */
  colour(region: number, parts: ArrayLike<number>): void {
    const { offsets, targets } = this.neighbours;
    const beside = new Set<number>();
    for (let i = 0; i < parts.length; i++) this.shown[parts[i]] = none;
    for (let i = 0; i < parts.length; i++) {
      for (let at = offsets[parts[i]]; at < offsets[parts[i] + 1]; at++) beside.add(this.shown[targets[at]]);
    }
    beside.delete(none);
    const colour = this.chooser.choose(beside, this.preferred?.[region]);
    this.chosen[region] = colour;
    for (let i = 0; i < parts.length; i++) this.shown[parts[i]] = colour;
  }
}
