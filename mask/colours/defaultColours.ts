import { neighboursOf, type Neighbours } from '../regions/connectivity';
import { ColourChooser } from './colourChooser';
import { palette } from './palettes';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/** Marks a region that has no colour yet; the palette is shorter. */
const none = 255;

/**
 * The default colour of each region, as an index into `palette`: the colour of the label that the region stands for at
 * any granularity, so that a label keeps its colour when the slider moves.
 *
 * Colours are assigned in the order in which labels appear as the cut gets finer, by the rules of `ColourChooser`.
 * Since the labels of a coarse cut come first, all labels of any cut have different colours as long as the palette has
 * enough of them, and those of the first eight labels are safe for colour-blind eyes. Neighbours differ at every
 * granularity, however many labels there are: two labels side by side were so already when the later of them appeared,
 * since labels only lose regions from then on. There are two limits: labels that a user paints or pins appear outside
 * this order, and a region that touches more labels than there are colours shares the colour of one of them.
 *
 * It takes O(n log(largest area)) for regions with few neighbours, since a region changes sides only when its part is
 * the smaller.
 * @param preferred colours to keep where the rules allow, such as those of the preview before this one
 */
export function defaultColours(regions: RegionMap, hierarchy: Hierarchy | null, preferred?: Uint8Array): Uint8Array {
  const colourer = new RegionColourer(regions.count, neighboursOf(regions), preferred);
  if (hierarchy) colourTree(hierarchy, colourer);
  for (let region = hierarchy?.count ?? 0; region < regions.count; region++) colourer.colour(region, [region]);
  return colourer.chosen;
}

/**
 * Colours the labels of a hierarchy by undoing its merges from the last to the first. At each, the right child, which
 * is the smaller, becomes a label with a colour of its own.
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
 * Orders the leaves of a hierarchy so that those of each node are consecutive: `size[node]` of them from
 * `leaves[start[node]]` on.
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

/** Colours labels as they appear, each by the labels beside it. */
class RegionColourer {
  /** By region that stands for a label: its colour. */
  readonly chosen: Uint8Array;
  /** By region: the colour that it shows now, `none` before it has one. */
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

  /** Chooses the colour of the label that consists of `parts` and for which `region` stands. */
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
