import { propertiesOfClass, sameClass } from './classEdits';
import { componentsOf, covers } from '../regions/connectivity';
import type { MaskDocument } from './maskDocument';
import { StateBuilder, type EditTarget } from './stateBuilder';
import { lastMerge } from '../regions/hierarchy';
import type { PixelRuns } from '../regions/pixelRuns';
import { background, type MaskState } from './maskState';

/**
 * Edits of which pixels have which label. Each answers the state after it, null when it would change nothing.
 * All throw an Error that says what to do when a label does not exist or is locked.
 */

/** Merges labels into one; `into` is the label whose name and colour stay. */
export function merge(document: MaskDocument, values: readonly number[], into: number): MaskState | null {
  const builder = new StateBuilder(document);
  const labels = [...new Set([into, ...values])].map(value => builder.editable(value));
  if (labels.length < 2) return null;
  const target = builder.makeFixed(labels[0]);
  for (const { value } of labels.slice(1)) builder.giveRegions(builder.regionsOf(value), target);
  return builder.finish();
}

/**
 * Gives labels a name. If another label has the name, they become part of that label; otherwise they become one label,
 * with the colour given or that of the largest of them.
 */
export function assign(
  document: MaskDocument,
  values: readonly number[],
  name: string,
  colour?: string,
): MaskState | null {
  const builder = new StateBuilder(document);
  const labels = values.map(value => builder.editable(value));
  const existing = builder.view.labels.find(label => label.name === name);
  const into = existing
    ? builder.editable(existing.value)
    : labels.reduce((most, label) => (label.area > most.area ? label : most));
  const others = labels.filter(label => label.value !== into.value);
  const target = others.length > 0 ? builder.makeFixed(into) : into.representative;
  for (const { value } of others) builder.giveRegions(builder.regionsOf(value), target);
  if (!existing) builder.setProperties(target, { class: undefined, name, ...(colour !== undefined && { colour }) });
  return builder.finish();
}

/** Locks or unlocks labels. */
export function lock(document: MaskDocument, values: readonly number[], locked: boolean): MaskState | null {
  const builder = new StateBuilder(document);
  for (const value of values) builder.setProperties(document.representativeOf(value), { locked });
  return builder.finish();
}

/** Splits labels into their connected parts, each a label of the same class. The largest keeps name and colour. */
export function split(document: MaskDocument, values: readonly number[]): MaskState | null {
  const builder = new StateBuilder(document);
  for (const value of values) {
    const label = builder.editable(value);
    const [, ...rest] = componentsOf(document.state.regions, membersOf(builder, value));
    if (rest.length === 0) continue;
    builder.makeFixed(label);
    for (const { runs } of rest) builder.givePixels(runs, builder.newRegion(undefined, sameClass(document, label)));
  }
  return builder.finish();
}

/**
 * Divides labels where the hierarchy merged their regions last. The larger part keeps name and colour, and the painted
 * pixels; both are of the label's class.
 * @throws Error when a label consists of one base region alone
 */
export function finer(document: MaskDocument, values: readonly number[]): MaskState | null {
  const { hierarchy } = document.state;
  if (!hierarchy)
    throw new Error(
      'This mask has no hierarchy of regions, so labels cannot be divided by it. Segment the image again to get one.',
    );
  const builder = new StateBuilder(document);
  for (const value of values) {
    const label = builder.editable(value);
    const members = membersOf(builder, value);
    builder.areas.forEach((area, region) => {
      if (area === 0) members[region] = 0;
    });
    const parts = lastMerge(hierarchy, members);
    if (!parts)
      throw new Error(
        `‘${label.name}’ is a single region of the hierarchy. Divide it with the brush, or by its connected parts.`,
      );
    const [smaller] = parts.sort((a, b) => areaOf(builder, a) - areaOf(builder, b));
    const { colours, properties } = document.state;
    builder.makeFixed(label);
    builder.giveRegions(
      smaller,
      builder.newRegion(
        smaller.includes(label.representative) ? undefined : colours[smaller[0]],
        properties.get(smaller[0]) ?? sameClass(document, label),
      ),
    );
  }
  return builder.finish();
}

/** Gives the pixels of labels to the background. */
export function erase(document: MaskDocument, values: readonly number[]): MaskState | null {
  const builder = new StateBuilder(document);
  for (const value of values) {
    builder.editable(value);
    builder.giveRegions(builder.regionsOf(value), background);
  }
  return builder.finish();
}

/** Gives pixels to a label; pixels of locked labels stay. */
export function paint(document: MaskDocument, runs: PixelRuns, into: EditTarget): MaskState | null {
  const builder = new StateBuilder(document);
  if (typeof into === 'number' && into !== 0) builder.editable(into);
  if (!builder.wouldChange(runs, into)) return null;
  builder.givePixels(runs, targetOf(document, builder, into));
  return builder.finish();
}

/** Gives the connected part around a pixel, of its label or of the background, to another label. */
export function fill(document: MaskDocument, x: number, y: number, into: EditTarget): MaskState | null {
  const builder = new StateBuilder(document);
  const { regions } = document.state;
  const pixel = y * regions.width + x;
  if (!(x >= 0 && y >= 0 && x < regions.width && y < regions.height))
    throw new Error('This place is beside the picture.');
  const value = builder.view.labelOf[regions.ids[pixel]];
  if (value === into) return null;
  if (value !== 0) builder.editable(value);
  const part = componentsOf(regions, membersOf(builder, value)).find(({ runs }) => covers(runs, pixel))!;
  builder.givePixels(part.runs, targetOf(document, builder, into));
  return builder.finish();
}

/** The region that stands for the target of an edit, made where there is none yet; or `background`. */
export function targetOf(document: MaskDocument, builder: StateBuilder, into: EditTarget): number {
  if (into === 0) return background;
  if (typeof into === 'object') return builder.newRegion(undefined, propertiesOfClass(document, into.newOf));
  return into === 'new' ? builder.newRegion() : builder.makeFixed(builder.editable(into));
}

function membersOf({ view }: StateBuilder, value: number): Uint8Array {
  return Uint8Array.from(view.labelOf, one => (one === value ? 1 : 0));
}

function areaOf({ areas }: StateBuilder, regions: readonly number[]): number {
  return regions.reduce((sum, region) => sum + areas[region], 0);
}
