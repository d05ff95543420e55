import type { ClassInfo } from '../classes/classInfo';
import { propertiesOfClass } from '../document/classEdits';
import type { MaskDocument } from '../document/maskDocument';
import { background, tidyProperties, type MaskState } from '../document/maskState';
import { StateBuilder } from '../document/stateBuilder';
import { runsByValue } from '../regions/pixelRuns';
import type { DrawnLabels } from './drawLabels';
import { checkStatedSize, erased, firstLabel, untouched } from './foreignLabels';

/**
 * Lays another program's labels over a mask. Pixels that they do not cover stay, and so do locked labels. Labels that
 * are named like a class of the document's list get that class.
 * @param names classes whose colours labels of their names get, unless the file gives them one
 * @returns null when nothing would change
 * @throws Error, a clause for people, for labels of another size
 */
export function importLabels(
  document: MaskDocument,
  { regions, labels }: DrawnLabels,
  names: readonly ClassInfo[],
): MaskState | null {
  checkStatedSize(regions, document);
  const builder = new StateBuilder(document);
  const colours = new Map(names.map(({ name, colour }) => [name, colour]));
  const runs = [...runsByValue(regions.ids, untouched)].sort(([a], [b]) => a - b);
  for (const [index, pixels] of runs) {
    if (index === erased) {
      builder.givePixels(pixels, background);
      continue;
    }
    const { name, colour = colours.get(name) } = labels[index - firstLabel]!;
    const ofClass = document.classes?.byName(name);
    const properties = ofClass
      ? propertiesOfClass(document, ofClass.id)
      : (tidyProperties({ name, ...(colour !== undefined && { colour }) }) ?? undefined);
    builder.givePixels(pixels, builder.newRegion(undefined, properties));
  }
  const after = builder.finish();
  return after && { ...after, status: 'edited' };
}
