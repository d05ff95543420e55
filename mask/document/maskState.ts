import type { SegmentationRecord } from './segmentationRecord';
import { noRegion, representativesAt, type Cut } from '../regions/cut';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';
import type { Scribble } from './scribbles';

/** What a user gave a label; what is absent is by default. Belongs to the region that stands for the label. */
export interface LabelProperties {
  readonly name?: string;
  /** `#rrggbb`, lower case */
  readonly colour?: string;
  /** Kept with its pixels when the image is segmented again. */
  readonly locked?: boolean;
}

/**
 * Everything there is to know of a mask. States are values: an edit makes a new one that shares what did not change, so
 * keeping the state before an edit costs nothing.
 *
 * The mask's pixels are `labelOf[ids[p]]`, with `labelOf` from `labelsOf`. Regions below `hierarchy.count` follow the
 * cut at `granularity`; the others (painted, or all where there is no hierarchy) are labels of their own. `pins`
 * overrides both.
 *
 * A label that a user edits gets a region of its own beyond `hierarchy.count` to stand for it, to which its other
 * regions are pinned: so the slider leaves alone what was made by hand. Such a region may have no pixels. See `StateBuilder`.
 */
export interface MaskState {
  readonly regions: RegionMap;
  /** Null for a mask from elsewhere; then the slider is off. */
  readonly hierarchy: Hierarchy | null;
  readonly granularity: number;
  /**
   * Region → the region whose label it carries whatever the granularity, or `background`. That region is not pinned
   * itself.
   */
  readonly pins: ReadonlyMap<number, number>;
  /**
   * By the region that stands for the label. Holds also what labels merged away at this granularity will have again.
   */
  readonly properties: ReadonlyMap<number, LabelProperties>;
  /** Region → label value that it must keep, where values have a meaning outside (a mask without a hierarchy). */
  readonly values: ReadonlyMap<number, number>;
  readonly run: SegmentationRecord | null;
  /** Strokes that guide a segmentation; none of the mask's pixels come from them directly. */
  readonly scribbles?: readonly Scribble[];
  /** Region → index into `palette`: the colour of its label unless `properties` gives another. See `defaultColours`. */
  readonly colours: Uint8Array;
}

/** As a pin's target: no label. */
export const background = -1;

/** A mask without labels. Sizes in pixels. */
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
 * @throws Error when a region is pinned to a region that is itself pinned: what it carries would depend on the order.
 */
export function checkPins(pins: ReadonlyMap<number, number>): void {
  for (const [region, target] of pins)
    if (pins.has(target)) throw new Error(`Region ${region} is pinned to a pinned region.`);
}

/**
 * The properties without what says no more than the defaults, such as an empty name or an open lock; null when nothing
 * is left.
 */
export function tidyProperties({ name, colour, locked }: LabelProperties): LabelProperties | null {
  const kept = { ...(name ? { name } : {}), ...(colour ? { colour } : {}), ...(locked ? { locked } : {}) };
  return Object.keys(kept).length > 0 ? kept : null;
}

export function sameProperties(a: LabelProperties, b: LabelProperties): boolean {
  return a.name === b.name && a.colour === b.colour && (a.locked ?? false) === (b.locked ?? false);
}

/**
 * The labels of a state. Values are numbered by the first pixel of each label in reading order, but for those of
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

/** The regions of the hierarchy and beyond whose label does not depend on the granularity. */
export function fixedRegions({
  regions,
  hierarchy,
  pins,
}: Pick<MaskState, 'regions' | 'hierarchy' | 'pins'>): Uint8Array {
  const fixed = new Uint8Array(regions.count).fill(1, hierarchy?.count ?? 0);
  for (const region of pins.keys()) fixed[region] = 1;
  return fixed;
}

/** The region that stands for each region's label, or `background`. */
function groupsOf(state: MaskState): Int32Array {
  const groups = Int32Array.from({ length: state.regions.count }, (_, region) => region);
  if (state.hierarchy) groups.set(representativesAt(state.hierarchy, state.granularity, fixedRegions(state)));
  const free = state.pins.size > 0 ? groups.slice() : groups;
  for (const [region, target] of state.pins) groups[region] = target === background ? background : free[target];
  return groups;
}
