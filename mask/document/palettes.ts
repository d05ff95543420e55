import { neighboursOf } from '../regions/connectivity';
import { difference, fromHex } from '../colours/colour';
import type { DocumentView, MaskDocument } from './maskDocument';
import { palette } from '../colours/defaultColours';
import { tidyProperties, type MaskState } from './maskState';

/**
 * Sets of colours to choose from. `safe` is the default one; the others are qualitative schemes of Paul Tol, “Colour
 * Schemes”, SRON technical note, 2021, which are safe for red-green-deficient sight too but have fewer colours.
 */
export const palettes = {
  safe: palette,
  bright: ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377', '#bbbbbb'],
  vibrant: ['#ee7733', '#0077bb', '#33bbee', '#ee3377', '#cc3311', '#009988', '#bbbbbb'],
  muted: ['#cc6677', '#332288', '#ddcc77', '#117733', '#88ccee', '#882255', '#44aa99', '#999933', '#aa4499'],
} as const satisfies Record<string, readonly string[]>;

export type PaletteName = keyof typeof palettes;
export const paletteNames = Object.keys(palettes) as [PaletteName, ...PaletteName[]];

/**
 * The state with all labels in sight coloured anew: neighbours as differently as the palette goes, and of equally
 * different colours the one that the fewest labels have. Null when nothing changes.
 */
export function recolourAll(document: MaskDocument, name: PaletteName): MaskState | null {
  const view = document.view();
  const colours: readonly string[] = palettes[name];
  const touching = touchingLabels(document, view);
  const chosen = new Map<number, number>();
  const uses = colours.map(() => 0);
  for (const { value } of [...view.labels].sort((a, b) => b.area - a.area)) {
    const taken = [...(touching.get(value) ?? [])].map(other => chosen.get(other)).filter(one => one !== undefined);
    const colour = furthest(colours, taken, uses);
    chosen.set(value, colour);
    uses[colour]++;
  }
  const properties = new Map(document.state.properties);
  let changed = false;
  for (const { value, representative, colour } of view.labels) {
    const wanted = colours[chosen.get(value)!];
    if (wanted === colour) continue;
    changed = true;
    const given = tidyProperties({
      ...properties.get(representative),
      colour: wanted === document.defaultColour(representative) ? '' : wanted,
    });
    if (given) properties.set(representative, given);
    else properties.delete(representative);
  }
  return changed ? { ...document.state, properties } : null;
}

/** Differences above this are as good as any: then it counts how often a colour is in use. */
const enough = 0.2;

function furthest(colours: readonly string[], taken: readonly number[], uses: readonly number[]): number {
  const score = (colour: number): number =>
    Math.min(enough, ...taken.map(other => difference(fromHex(colours[colour]), fromHex(colours[other])))) -
    1e-6 * uses[colour];
  return colours.map((_, colour) => score(colour)).reduce((best, one, at, all) => (one > all[best] ? at : best), 0);
}

/** Which labels touch which, by value. */
function touchingLabels(document: MaskDocument, { labelOf }: DocumentView): Map<number, Set<number>> {
  const { offsets, targets } = neighboursOf(document.state.regions);
  const touching = new Map<number, Set<number>>();
  for (let region = 0; region < labelOf.length; region++) {
    const others = touching.get(labelOf[region]) ?? new Set();
    touching.set(labelOf[region], others);
    for (let at = offsets[region]; at < offsets[region + 1]; at++)
      if (labelOf[targets[at]] !== labelOf[region]) others.add(labelOf[targets[at]]);
  }
  return touching;
}
