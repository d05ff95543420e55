import { differencesAmong, fromHex } from './colour';

/** The least difference at which two colours side by side can be distinguished at a glance; see `colourDifference`. */
const distinguishable = 0.105;

/** The number of labels from which on a label may keep its previous colour though another label has it. */
const mostDistinct = 64;

/** How many colours from the start of the list are tried, step by step: the first ones differ most. */
const tiers = [8, 24, 48];

/**
 * Chooses the colours of the labels of one picture, one after the other, by these rules:
 * - a colour that no label has yet, as long as there is one that differs enough from the colours beside the label;
 * - of those, one from the first colours of the list, which are the most different;
 * - of those, the one that differs most from the colours beside the label and, half as important, from all others.
 *
 * Once all colours are in use, the label gets the one that the fewest labels have among those that differ enough.
 * Labels side by side get the same colour only where one touches so many others that no colour is left.
 */
export class ColourChooser {
  private readonly differences: Float64Array[];
  /** By colour: its least difference from the colours in use. */
  private readonly leastToUsed: Float64Array;
  /** By colour: the number of labels that have it. */
  private readonly uses: Uint32Array;
  /** The number of labels that have a colour. */
  private labels = 0;

  /** @param colours `#rrggbb`, the most different first */
  constructor(colours: readonly string[]) {
    this.differences = differencesOf(colours);
    this.leastToUsed = new Float64Array(colours.length).fill(Infinity);
    this.uses = new Uint32Array(colours.length);
  }

  /**
   * Chooses the colour of the next label, an index into the list.
   * @param beside the colours of the labels that it touches
   * @param preferred its previous colour, which it keeps if the rules allow
   */
  choose(beside: ReadonlySet<number>, preferred?: number): number {
    const least = this.leastToNeighbours(beside);
    const keeps = preferred !== undefined && this.isFree(preferred) && least[preferred] >= distinguishable;
    const colour = keeps ? preferred : (this.unused(least) ?? this.leastUsed(least));
    this.labels++;
    if (this.uses[colour]++ === 0) lower(this.leastToUsed, this.differences[colour]);
    return colour;
  }

  /** Whether no label has a colour, or there are so many labels that they need not all differ. */
  private isFree(colour: number): boolean {
    return this.uses[colour] === 0 || this.labels >= Math.min(mostDistinct, this.uses.length);
  }

  /** The least difference of each colour to those beside the label. */
  private leastToNeighbours(beside: ReadonlySet<number>): Float64Array {
    const least = new Float64Array(this.uses.length).fill(Infinity);
    for (const colour of beside) lower(least, this.differences[colour]);
    return least;
  }

  private unused(least: Float64Array): number | undefined {
    if (!this.uses.includes(0)) return undefined;
    let best: number | undefined;
    let most = -1;
    for (let colour = 0; colour < this.uses.length; colour++) {
      if (best !== undefined && tiers.includes(colour)) return best;
      if (this.uses[colour] > 0 || least[colour] < distinguishable) continue;
      const score = Math.min(least[colour], 2 * this.leastToUsed[colour]);
      if (score > most) [best, most] = [colour, score];
    }
    return best;
  }

  /**
   * The least used of the colours that differ enough from those beside; without such a colour, the one that differs
   * most.
   */
  private leastUsed(least: Float64Array): number {
    let best = 0;
    let most = -Infinity;
    for (let colour = 0; colour < this.uses.length; colour++) {
      const score = least[colour] >= distinguishable ? 1 / (1 + this.uses[colour]) : least[colour] - 1;
      if (score > most) [best, most] = [colour, score];
    }
    return best;
  }
}

/** Lowers each value to that of the other list where it is less. */
function lower(values: Float64Array, others: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (others[i] < values[i]) values[i] = others[i];
}

const known = new WeakMap<readonly string[], Float64Array[]>();

/** The differences between all pairs of colours of a list, computed once for each list. */
function differencesOf(colours: readonly string[]): Float64Array[] {
  let differences = known.get(colours);
  if (!differences) known.set(colours, (differences = differencesAmong(colours.map(fromHex))));
  return differences;
}
