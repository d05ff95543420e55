import { componentsOf, covers } from '../regions/connectivity';
import type { MaskDocument } from './maskDocument';
import { StateBuilder, type Into } from './stateBuilder';
import { lastMerge, leavesOf } from '../regions/hierarchy';
import type { PixelRuns } from '../regions/pixelRuns';
import { background, type MaskState } from './maskState';

/**
 * Edits of which pixels have which label. Each answers the state after it, null when it would change nothing.
 * All throw an Error that says what to do when a label is not there or is locked.
 */

/** Makes one label of several; `into` is the one whose name and colour stay. */
export function merge(document: MaskDocument, values: readonly number[], into: number): MaskState | null {
  const draft = new StateBuilder(document);
  const labels = [...new Set([into, ...values])].map(value => draft.open(value));
  if (labels.length < 2) return null;
  const target = draft.fix(labels[0]);
  for (const { value } of labels.slice(1)) draft.giveRegions(draft.regionsOf(value), target);
  return draft.finish();
}

/**
 * Gives labels a name: where another label has it, they become part of that one; else one label is made of them, the
 * largest of which gives its colour unless another is given.
 */
export function assign(
  document: MaskDocument,
  values: readonly number[],
  name: string,
  colour?: string,
): MaskState | null {
  const draft = new StateBuilder(document);
  const labels = values.map(value => draft.open(value));
  const there = draft.view.labels.find(label => label.name === name);
  const into = there
    ? draft.open(there.value)
    : labels.reduce((most, label) => (label.area > most.area ? label : most));
  const others = labels.filter(label => label.value !== into.value);
  const target = others.length > 0 ? draft.fix(into) : into.representative;
  for (const { value } of others) draft.giveRegions(draft.regionsOf(value), target);
  if (!there) draft.give(target, { name, ...(colour !== undefined && { colour }) });
  return draft.finish();
}

/** Locks labels, or unlocks them. */
export function lock(document: MaskDocument, values: readonly number[], locked: boolean): MaskState | null {
  const draft = new StateBuilder(document);
  for (const value of values) draft.give(document.representativeOf(value), { locked });
  return draft.finish();
}

/** Makes a label of each connected part of labels. The largest part keeps name and colour. */
export function split(document: MaskDocument, values: readonly number[]): MaskState | null {
  const draft = new StateBuilder(document);
  for (const value of values) {
    const label = draft.open(value);
    const [, ...rest] = componentsOf(document.state.regions, membersOf(draft, value));
    if (rest.length === 0) continue;
    draft.fix(label);
    for (const { runs } of rest) draft.givePixels(runs, draft.fresh());
  }
  return draft.finish();
}

/**
 * Divides labels where the hierarchy merged their regions last. The larger part keeps name and colour; painted pixels
 * stay with it.
 * @throws Error when a label consists of one base region alone
 */
export function finer(document: MaskDocument, values: readonly number[]): MaskState | null {
  const { hierarchy } = document.state;
  if (!hierarchy)
    throw new Error(
      'This mask has no hierarchy of regions, so labels cannot be divided by it. Segment the image again to get one.',
    );
  const draft = new StateBuilder(document);
  for (const value of values) {
    const label = draft.open(value);
    const members = membersOf(draft, value);
    draft.areas.forEach((area, region) => {
      if (area === 0) members[region] = 0;
    });
    const parts = lastMerge(hierarchy, members);
    if (!parts)
      throw new Error(
        `‘${label.name}’ is a single region of the hierarchy. Divide it with the brush, or by its connected parts.`,
      );
    const [smaller] = parts.sort((a, b) => areaOf(draft, a) - areaOf(draft, b));
    const { colours, properties } = document.state;
    draft.fix(label);
    draft.giveRegions(
      smaller,
      draft.fresh(smaller.includes(label.representative) ? undefined : colours[smaller[0]], properties.get(smaller[0])),
    );
  }
  return draft.finish();
}

/** Gives the pixels of labels to the background. */
export function erase(document: MaskDocument, values: readonly number[]): MaskState | null {
  const draft = new StateBuilder(document);
  for (const value of values) {
    draft.open(value);
    draft.giveRegions(draft.regionsOf(value), background);
  }
  return draft.finish();
}

/** Gives pixels to a label; those of locked labels stay. */
export function paint(document: MaskDocument, runs: PixelRuns, into: Into): MaskState | null {
  const draft = new StateBuilder(document);
  if (into !== 0 && into !== 'new') draft.open(into);
  if (!draft.wouldChange(runs, into)) return null;
  draft.givePixels(runs, targetOf(draft, into));
  return draft.finish();
}

/** Gives the connected part around a pixel, of the label that it has or of the background, to a label. */
export function fill(document: MaskDocument, x: number, y: number, into: Into): MaskState | null {
  const draft = new StateBuilder(document);
  const { regions } = document.state;
  const pixel = y * regions.width + x;
  if (!(x >= 0 && y >= 0 && x < regions.width && y < regions.height))
    throw new Error('This place is beside the picture.');
  const value = draft.view.labelOf[regions.ids[pixel]];
  if (value === into) return null;
  if (value !== 0) draft.open(value);
  const part = componentsOf(regions, membersOf(draft, value)).find(({ runs }) => covers(runs, pixel))!;
  draft.givePixels(part.runs, targetOf(draft, into));
  return draft.finish();
}

/** Gives all base regions below a node of the hierarchy to a label. @throws Error when there is no such node. */
export function grow(document: MaskDocument, node: number, into: Into): MaskState | null {
  const { hierarchy } = document.state;
  if (!hierarchy || node > 2 * hierarchy.count - 2) throw new Error('The hierarchy of this mask has no such region.');
  const draft = new StateBuilder(document);
  draft.giveRegions(leavesOf(hierarchy, node), targetOf(draft, into));
  return draft.finish();
}

function targetOf(draft: StateBuilder, into: Into): number {
  if (into === 0) return background;
  return into === 'new' ? draft.fresh() : draft.fix(draft.open(into));
}

function membersOf({ view }: StateBuilder, value: number): Uint8Array {
  return Uint8Array.from(view.labelOf, one => (one === value ? 1 : 0));
}

function areaOf({ areas }: StateBuilder, regions: readonly number[]): number {
  return regions.reduce((sum, region) => sum + areas[region], 0);
}
