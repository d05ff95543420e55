import { colourDifference, fromHex } from './colour';

/** From here on, two colours side by side are told apart at a glance (see `colourDifference`). */
const enough = 0.105;

/** From so many labels on, a label keeps the colour that it had though another has it too. */
const mostDistinct = 64;

/** How many of the first colours are looked at before more are: the first are the most different. */
const tiers = [8, 24, 48];

/**
 * Gives the labels of one picture their colours, one after the other, by these rules:
 * - a colour that no label has yet, as long as there is one that differs enough from the colours beside the label;
 * - of those, one from the first colours of the list, which are the most different;
 * - of those, the one that differs most from the colours beside the label and, half as important, from all others.
 *
 * Once the colours are used up, one that the fewest labels have among those that differ enough. Labels side by side
 * get the same colour only where one touches so many others that no colour is left.
 */
export class ColourChooser {
  private readonly differences: Differences;
  /** The least difference of each colour to those in use. */
  private readonly leastToUsed: Float64Array;
  /** Labels that have each colour. */
  private readonly uses: Uint32Array;
  /** Labels that have a colour. */
  private labels = 0;

  /** @param colours `#rrggbb`, the most different first */
  constructor(colours: readonly string[]) {
    this.differences = differencesOf(colours);
    this.leastToUsed = new Float64Array(colours.length).fill(Infinity);
    this.uses = new Uint32Array(colours.length);
  }

  /**
   * The colour of the next label, as an index.
   * @param beside colours of the labels that it touches
   * @param preferred the colour that it keeps if that is as good by the rules: one that it had before
   */
  choose(beside: ReadonlySet<number>, preferred?: number): number {
    const keeps = preferred !== undefined && this.isFree(preferred) && this.fits(preferred, beside);
    const colour = keeps ? preferred : (this.unused(beside) ?? this.leastUsed(beside));
    this.labels++;
    if (this.uses[colour]++ === 0) {
      for (const [other, value] of this.differences[colour].entries())
        this.leastToUsed[other] = Math.min(this.leastToUsed[other], value);
    }
    return colour;
  }

  /** Whether no label has a colour, or there are so many labels that they need not all differ. */
  private isFree(colour: number): boolean {
    return this.uses[colour] === 0 || this.labels >= Math.min(mostDistinct, this.uses.length);
  }

  private fits(colour: number, beside: ReadonlySet<number>): boolean {
    return leastOf(this.differences[colour], beside) >= enough;
  }

  private unused(beside: ReadonlySet<number>): number | undefined {
    if (!this.uses.includes(0)) return undefined;
    for (const tier of [...tiers.filter(size => size < this.uses.length), this.uses.length]) {
      let best: number | undefined;
      let most = -1;
      for (let colour = 0; colour < tier; colour++) {
        if (this.uses[colour] > 0) continue;
        const least = leastOf(this.differences[colour], beside);
        if (least < enough) continue;
        const score = Math.min(least, 2 * this.leastToUsed[colour]);
        if (score > most) [best, most] = [colour, score];
      }
      if (best !== undefined) return best;
    }
    return undefined;
  }

  /** Of the colours that differ enough from those beside the one in least use; else the one that differs most. */
  private leastUsed(beside: ReadonlySet<number>): number {
    let best = 0;
    let most = -Infinity;
    for (let colour = 0; colour < this.uses.length; colour++) {
      const least = leastOf(this.differences[colour], beside);
      const score = least >= enough ? 1 / (1 + this.uses[colour]) : least - 1;
      if (score > most) [best, most] = [colour, score];
    }
    return best;
  }
}

type Differences = readonly (readonly number[])[];

const known = new WeakMap<readonly string[], Differences>();

/** The differences of each colour from each, worked out once for a list. */
function differencesOf(colours: readonly string[]): Differences {
  let differences = known.get(colours);
  if (!differences) {
    const rgb = colours.map(fromHex);
    differences = rgb.map(a => rgb.map(b => colourDifference(a, b)));
    known.set(colours, differences);
  }
  return differences;
}

function leastOf(differences: readonly number[], colours: ReadonlySet<number>): number {
  let least = Infinity;
  for (const colour of colours) least = Math.min(least, differences[colour]);
  return least;
}
