import type { MaskDocument } from '../../../../../mask/document/maskDocument';
import { palette } from '../../../../../mask/colours/defaultColours';
import type { ClassRegions } from '../../merging/classRegions';

/** What a class looks like in masks. */
interface Look {
  readonly name: string;
  readonly colour: string;
}

/** Which labels make one class, by label, and the classes. */
export interface Naming {
  readonly classOf: Uint8Array;
  readonly classes: readonly Look[];
}

/** A reference picture by the network's labels, with the mask that it has already, if any. */
export interface LabelledReference {
  readonly found: ClassRegions;
  readonly mask?: MaskDocument | undefined;
}

/** Share of a label's pixels, of all references together, that must have a name for it to be the label's. */
const majority = 0.5;

/**
 * Names and colours for the labels of a network. What users have named in the references' masks keeps name and colour:
 * a label that is mostly within a named one takes both, and labels of one name become one class. The others are
 * numbered, the largest first.
 */
export function nameLabels(labels: number, references: readonly LabelledReference[]): Naming {
  const areas = new Float64Array(labels);
  const looks = new Map<string, Look>();
  const votes = Array.from({ length: labels }, () => new Map<string, number>());
  for (const { found, mask } of references) {
    const named = mask ? namedLabels(mask, looks) : undefined;
    const values = mask && named ? mask.labelMap() : undefined;
    found.regions.ids.forEach((id, p) => {
      const label = found.regionClasses[id];
      areas[label]++;
      const name = values && named?.get(values[p]);
      if (name !== undefined) votes[label].set(name, (votes[label].get(name) ?? 0) + 1);
    });
  }
  const classes: Look[] = [];
  const classOf = new Uint8Array(labels);
  const known = new Map<string, number>();
  const byArea = Array.from(areas.keys()).sort((a, b) => areas[b] - areas[a] || a - b);
  let last = 0;
  const numbered = () => {
    do last++;
    while (looks.has(`Label ${last}`)); // a name that a mask has from an earlier run
    return { name: `Label ${last}`, colour: '' };
  };
  for (const label of byArea) {
    const name = [...votes[label]].find(([, count]) => count > majority * areas[label])?.[0];
    const index = name === undefined ? undefined : known.get(name);
    if (index !== undefined) {
      classOf[label] = index;
      continue;
    }
    if (name !== undefined) known.set(name, classes.length);
    classOf[label] = classes.length;
    classes.push(looks.get(name ?? '') ?? numbered());
  }
  return { classOf, classes: coloured(classes) };
}

/** Names that were given, by label value; puts their looks into `looks`, where the first of a name counts. */
function namedLabels(mask: MaskDocument, looks: Map<string, Look>): Map<number, string> {
  const { properties } = mask.state;
  const named = mask.view().labels.filter(({ representative }) => properties.get(representative)?.name);
  for (const { name, colour } of named) if (!looks.has(name)) looks.set(name, { name, colour });
  return new Map(named.map(({ value, name }) => [value, name]));
}

/** Gives those without a colour one of the palette, which no other has as long as there are enough. */
function coloured(classes: readonly Look[]): Look[] {
  const taken = new Set(classes.map(({ colour }) => colour));
  const free = palette.filter(colour => !taken.has(colour));
  const colours = free.length > 0 ? free : palette;
  let next = 0;
  return classes.map(({ name, colour }) => ({
    name,
    colour: colour === '' ? colours[next++ % colours.length] : colour,
  }));
}
