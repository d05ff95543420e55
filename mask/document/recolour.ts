import { ColourChooser } from '../colours/colourChooser';
import { palettes, type PaletteName } from '../colours/palettes';
import { neighboursOf } from '../regions/connectivity';
import type { MaskDocument } from './maskDocument';
import { tidyProperties, type MaskState } from './maskState';

/**
 * The state with all visible labels coloured anew from a palette, the largest first, by the rules of `ColourChooser`;
 * null when nothing changes.
 */
export function recolourAll(document: MaskDocument, name: PaletteName): MaskState | null {
  const { labels, labelOf } = document.view();
  const colours: readonly string[] = palettes[name];
  const touching = touchingLabels(document, labelOf);
  const chooser = new ColourChooser(colours);
  const chosen = new Map<number, number>();
  for (const { value } of [...labels].sort((a, b) => b.area - a.area)) {
    const beside = [...(touching.get(value) ?? [])].flatMap(other => chosen.get(other) ?? []);
    chosen.set(value, chooser.choose(new Set(beside)));
  }
  const properties = new Map(document.state.properties);
  let changed = false;
  for (const { value, representative, colour } of labels) {
    const newColour = colours[chosen.get(value)!];
    if (newColour === colour) continue;
    changed = true;
    const given = tidyProperties({
      ...properties.get(representative),
      colour: newColour === document.defaultColour(representative) ? '' : newColour,
    });
    if (given) properties.set(representative, given);
    else properties.delete(representative);
  }
  return changed ? { ...document.state, properties } : null;
}

/** The labels that touch each label, by value. */
function touchingLabels(document: MaskDocument, labelOf: Uint16Array): Map<number, Set<number>> {
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
