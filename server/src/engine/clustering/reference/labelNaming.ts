import type { MaskDocument } from '../../../../../mask/document/maskDocument';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import { palette } from '../../../../../mask/colours/palettes';
import type { ClassRegions } from '../../merging/classRegions';

/** The class of each label, and the classes. */
export interface LabelNaming {
  readonly classOf: Uint8Array;
  readonly classes: readonly ClassInfo[];
}

/** A reference picture as the network labelled it, and the mask that the picture has already, if any. */
export interface LabelledReference {
  readonly found: ClassRegions;
  readonly mask?: MaskDocument | undefined;
}

/** The share of a label's pixels in all references that must have a name for the label to take it. */
const majority = 0.5;

/**
 * Names and colours for the labels of a network. A network's label that lies mostly within a label that a user named in
 * a reference's mask takes its name and colour, and labels of one name become one class. The others are numbered, the
 * largest first.
 */
export function nameLabels(labels: number, references: readonly LabelledReference[]): LabelNaming {
  const areas = new Float64Array(labels);
  const classesByName = new Map<string, ClassInfo>();
  const votes = Array.from({ length: labels }, () => new Map<string, number>());
  for (const { found, mask } of references) {
    const named = mask ? namedLabels(mask, classesByName) : undefined;
    const values = mask && named ? mask.labelMap() : undefined;
    found.regions.ids.forEach((id, p) => {
      const label = found.regionClasses[id];
      areas[label]++;
      const name = values && named?.get(values[p]);
      if (name !== undefined) votes[label].set(name, (votes[label].get(name) ?? 0) + 1);
    });
  }
  const classes: ClassInfo[] = [];
  const classOf = new Uint8Array(labels);
  const known = new Map<string, number>();
  const byArea = Array.from(areas.keys()).sort((a, b) => areas[b] - areas[a] || a - b);
  let last = 0;
  const numbered = () => {
    do last++;
    while (classesByName.has(`Label ${last}`)); // a name that a mask has from an earlier run
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
    classes.push(classesByName.get(name ?? '') ?? numbered());
  }
  return { classOf, classes: coloured(classes) };
}

/**
 * The names that a user gave, by label value. Adds their colours to `classesByName`, where the first of a name counts.
 */
function namedLabels(mask: MaskDocument, classesByName: Map<string, ClassInfo>): Map<number, string> {
  const { properties } = mask.state;
  const named = mask.view().labels.filter(({ representative }) => properties.get(representative)?.name);
  for (const { name, colour } of named) if (!classesByName.has(name)) classesByName.set(name, { name, colour });
  return new Map(named.map(({ value, name }) => [value, name]));
}

/** Gives classes without a colour one of the palette that no other class has, as long as there are enough. */
function coloured(classes: readonly ClassInfo[]): ClassInfo[] {
  const taken = new Set(classes.map(({ colour }) => colour));
  const free = palette.filter(colour => !taken.has(colour));
  const colours = free.length > 0 ? free : palette;
  let next = 0;
  return classes.map(({ name, colour }) => ({
    name,
    colour: colour === '' ? colours[next++ % colours.length] : colour,
  }));
}
