import type { SavedStatus } from './maskStatus';
import type { SegmentationRecord } from './segmentationRecord';
import { noRegion, representativesAt, type Cut } from '../regions/cut';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';
import type { Scribble } from './scribbles';

/**
 * The properties that a user gave a label; an absent one has its default. They belong to the region that stands for the
 * label.
 */
export interface LabelProperties {
  /** The id of its class. Where the class list is known, name and colour are the class's; see `MaskDocument`. */
  readonly class?: number;
  readonly name?: string;
  /** `#rrggbb`, in lower case. */
  readonly colour?: string;
  /** Whether the label keeps its pixels when the image is segmented again. */
  readonly locked?: boolean;
}

/** Properties as a change sets them: undefined ones, like empty ones, become the defaults. */
export type ChangedProperties = { readonly [K in keyof LabelProperties]: LabelProperties[K] | undefined };

/**
 * The complete state of a mask. States are values: an edit makes a new one that shares what did not change, so keeping
 * the state before an edit costs nothing.
 *
 * The mask's pixels are `labelOf[ids[p]]`, with `labelOf` from `labelsOf`. Regions below `hierarchy.count` follow the
 * cut at `granularity`; the others (painted, or all where there is no hierarchy) are labels of their own. `pins`
 * overrides both.
 *
 * A label that a user edits gets a region of its own beyond `hierarchy.count` to stand for it, to which its other
 * regions are pinned: so the slider does not change what was made by hand. Such a region may have no pixels. See
 * `StateBuilder`.
 */
export interface MaskState {
  readonly regions: RegionMap;
  /** The hierarchy that the slider cuts; null for a mask of other origin, for which the slider is off. */
  readonly hierarchy: Hierarchy | null;
  readonly granularity: number;
  /**
   * By region: the region whose label it has at every granularity, or `background`. That region is not pinned itself.
   */
  readonly pins: ReadonlyMap<number, number>;
  /**
   * By region that stands for a label: the properties of the label. Labels merged away at this granularity are
   * included, as a finer cut restores them.
   */
  readonly properties: ReadonlyMap<number, LabelProperties>;
  /**
   * By region: the label value that it must keep, where values have a meaning outside (in a mask without a hierarchy).
   */
  readonly values: ReadonlyMap<number, number>;
  readonly run: SegmentationRecord | null;
  /** How far the work on the mask is; where it is absent `statusOf` derives it. */
  readonly status?: SavedStatus;
  /** Strokes that guide a segmentation. No pixels of the mask come from them directly. */
  readonly scribbles?: readonly Scribble[];
  /**
   * By region: the colour of its label, as an index into `palette`, unless `properties` gives another. See
   * `defaultColours`.
   */
  readonly colours: Uint8Array;
}

/** The pin target of regions that belong to no label. */
export const background = -1;

/** Makes a mask without labels. Sizes are in pixels. */
export function emptyState(width: number, height: number): MaskState {
  return {
    regions: { width, height, count: 1, ids: new Uint16Array(width * height) },
    hierarchy: null,
    granularity: 1,
    run: null,
    pins: new Map([[0, background]]),
    properties: new Map(),
    values: new Map(),
    colours: new Uint8Array(1),
  };
}

/**
 * Checks that no region is pinned to a region that is itself pinned: its label would depend on the order.
 * @throws Error when one is
 */
export function checkPins(pins: ReadonlyMap<number, number>): void {
  for (const [region, target] of pins)
    if (pins.has(target)) throw new Error(`Region ${region} is pinned to a pinned region.`);
}

/**
 * The properties without those that equal the defaults, such as an empty name or an open lock; null when none is left.
 */
export function tidyProperties(given: ChangedProperties): LabelProperties | null {
  const { class: classId, name, colour, locked } = given;
  const kept = {
    ...(classId !== undefined ? { class: classId } : {}),
    ...(name ? { name } : {}),
    ...(colour ? { colour } : {}),
    ...(locked ? { locked } : {}),
  };
  return Object.keys(kept).length > 0 ? kept : null;
}

/** Whether two sets of properties are equal. */
export function sameProperties(a: LabelProperties, b: LabelProperties): boolean {
  return (
    a.class === b.class && a.name === b.name && a.colour === b.colour && (a.locked ?? false) === (b.locked ?? false)
  );
}

/**
 * The labels of a state. Values are numbered by the first pixel of each label in reading order, except those of
 * `state.values`, which are kept.
 * @param order the regions by first pixel, see `scanOrder`
 */
export function labelsOf(state: MaskState, order: Uint32Array): Cut {
  const groups = groupsOf(state);
  const { values } = state;
  const taken = new Set(values.values());
  const valueOf = new Map<number, number>();
  let next = 1,
    top = 0;
  for (const region of order) {
    const group = groups[region];
    if (group === background || valueOf.has(group)) continue;
    let value = values.get(group);
    if (value === undefined) {
      while (taken.has(next)) next++;
      value = next++;
    }
    valueOf.set(group, value);
    top = Math.max(top, value);
  }
  const representative = new Uint32Array(top).fill(noRegion);
  for (const [group, value] of valueOf) representative[value - 1] = group;
  const labelOf = Uint16Array.from(groups, group => valueOf.get(group) ?? 0);
  return { labelOf, representative, count: valueOf.size };
}

/** By region: 1 where the label does not depend on the granularity. Regions beyond the hierarchy are included. */
export function fixedRegions({
  regions,
  hierarchy,
  pins,
}: Pick<MaskState, 'regions' | 'hierarchy' | 'pins'>): Uint8Array {
  const fixed = new Uint8Array(regions.count).fill(1, hierarchy?.count ?? 0);
  for (const region of pins.keys()) fixed[region] = 1;
  return fixed;
}

/** By region: the region that stands for its label, or `background`. */
function groupsOf(state: MaskState): Int32Array {
  const groups = Int32Array.from({ length: state.regions.count }, (_, region) => region);
  if (state.hierarchy) groups.set(representativesAt(state.hierarchy, state.granularity, fixedRegions(state)));
  const free = state.pins.size > 0 ? groups.slice() : groups;
  for (const [region, target] of state.pins) groups[region] = target === background ? background : free[target];
  return groups;
}
