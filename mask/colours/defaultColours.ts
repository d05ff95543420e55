import { neighboursOf, type Neighbours } from '../regions/connectivity';
import { difference, fromHex } from './colour';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';

/**
 * The default colours: the seven of Okabe and Ito, “Color Universal Design”, 2008 that are not black, and others each
 * chosen to be as far as possible from those before it, to normal and to red-green-deficient sight together.
 */
export const palette: readonly string[] = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#330077',
  '#663311',
  '#bb00ff',
  '#0000ff',
  '#990088',
  '#00dd99',
  '#6611cc',
  '#ffaacc',
  '#004466',
  '#006600',
  '#bb1144',
  '#bb77ff',
  '#ff00cc',
  '#99ddff',
  '#4466ff',
];

const differences = palette.map(a => palette.map(b => difference(fromHex(a), fromHex(b))));
/** From here on, neighbours are told apart at a glance; below, the most different of all colours is taken. */
const enough = 0.2;
/** From here on they are told apart; enough for a colour that a label had before. */
const enoughToKeep = 0.12;
const none = 255;

/**
 * The default colour of each region as the one that stands for a label: an index into `palette`. It does not depend on
 * the granularity. Regions take their colour in the order in which they appear as the cut gets finer, each different
 * from the labels that it touches at that point; so at every cut neighbours differ as far as the palette goes. O(n
 * log(largest area)) for regions with few neighbours, since a region changes sides only when its part is the smaller.
 * @param preferred colours to keep where neighbours allow, such as those of the preview before this one
 */
export function defaultColours(regions: RegionMap, hierarchy: Hierarchy | null, preferred?: Uint8Array): Uint8Array {
  const chooser = new Chooser(regions.count, neighboursOf(regions), preferred);
  if (hierarchy) colourTree(hierarchy, chooser);
  for (let region = hierarchy?.count ?? 0; region < regions.count; region++) chooser.choose(region, [region]);
  return chooser.chosen;
}

/** A colour for one more label: an index into `palette`, of the colours that the fewest labels have the first. */
export function nextColour(taken: readonly string[]): number {
  const uses = palette.map(colour => taken.filter(one => one === colour).length);
  return uses.indexOf(Math.min(...uses));
}

/**
 * Undoes the merges from the last to the first; at each the right child, the smaller, becomes a label with a colour of
 * its own.
 */
function colourTree(hierarchy: Hierarchy, chooser: Chooser): void {
  const { count, right } = hierarchy;
  const { leaves, start, size, stands } = layOut(hierarchy);
  const root = 2 * count - 2;
  chooser.choose(stands[root], leaves);
  for (let k = count - 2; k >= 0; k--) {
    const node = right[k];
    chooser.choose(stands[node], leaves.subarray(start[node], start[node] + size[node]));
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

/** Gives out colours, one label after the other. */
class Chooser {
  /** Colour by region that stands for a label. */
  readonly chosen: Uint8Array;
  /** Colour that each region shows at the moment, `none` before it has one. */
  private readonly shown: Uint8Array;
  private turn = 0;

  constructor(
    count: number,
    private readonly neighbours: Neighbours,
    private readonly preferred: Uint8Array | undefined,
  ) {
    this.chosen = new Uint8Array(count);
    this.shown = new Uint8Array(count).fill(none);
  }

  /** Chooses a colour for the label of `parts`, for which `region` stands. */
  choose(region: number, parts: ArrayLike<number>): void {
    const { offsets, targets } = this.neighbours;
    const touched = new Set<number>();
    for (let i = 0; i < parts.length; i++) this.shown[parts[i]] = none;
    for (let i = 0; i < parts.length; i++) {
      for (let at = offsets[parts[i]]; at < offsets[parts[i] + 1]; at++) touched.add(this.shown[targets[at]]);
    }
    touched.delete(none);
    const before = this.preferred?.[region];
    const keeps = before !== undefined && leastDifference(before, touched) >= enoughToKeep;
    const colour = keeps ? before : mostDifferent(touched, this.turn++);
    this.chosen[region] = colour;
    for (let i = 0; i < parts.length; i++) this.shown[parts[i]] = colour;
  }
}

/** The first colour from `first` on that differs enough from all of `others`, else the one that differs most. */
function mostDifferent(others: ReadonlySet<number>, first: number): number {
  let best = 0,
    most = -1;
  for (let i = 0; i < palette.length; i++) {
    const colour = (first + i) % palette.length;
    const least = leastDifference(colour, others);
    if (least >= enough) return colour;
    if (least > most) [best, most] = [colour, least];
  }
  return best;
}

function leastDifference(colour: number, others: ReadonlySet<number>): number {
  let least = Infinity;
  for (const other of others) least = Math.min(least, differences[colour][other]);
  return least;
}
