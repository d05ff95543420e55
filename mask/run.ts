import { noRegion } from './cut';
import type { MaskDocument } from './document';
import { checkHierarchy, orient, type Hierarchy } from './hierarchy';
import { defaultColours } from './palette';
import { checkRegionCount, checkRegions, type RegionMap } from './regions';
import type { LabelProperties, MaskState, RunRecord } from './state';

/** What a run, or a preview of one, found. */
export interface RunResult {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly granularity: number;
  /** Null for a preview. */
  readonly run: RunRecord | null;
}

/**
 * A mask that holds a run's result alone.
 * @param before the preview before this one: labels keep their colours where the regions are the same
 * @throws Error when the result contradicts itself
 */
export function stateFromRun({ regions, hierarchy, granularity, run }: RunResult, before?: MaskState): MaskState {
  checkRegions(regions);
  checkHierarchy(hierarchy);
  if (hierarchy.count !== regions.count) throw new Error(`A hierarchy of ${hierarchy.count} regions does not fit a map of ${regions.count}.`);
  const oriented = orient(hierarchy, regions);
  const preferred = before?.hierarchy?.count === hierarchy.count ? before.colours : undefined;
  return {
    regions, hierarchy: oriented, granularity, run, pins: new Map(), properties: new Map(), values: new Map(),
    colours: defaultColours(regions, oriented, preferred),
  };
}

/**
 * The mask of a new run over an existing document: the run's result, and over it the document's locked labels with their
 * pixels, names and colours. Each of them becomes a region outside the hierarchy, which no slider changes.
 * Apply it as `{ kind: 'replace', state }`.
 * @param before the last preview, whose colours the other labels keep; without it they follow from the result alone
 * @throws Error when the result has another size than the document, or there is no room for the locked labels
 */
export function stateOverLocked(document: MaskDocument, result: RunResult, before?: MaskState): MaskState {
  const fresh = stateFromRun(result, before);
  const locked = document.view().labels.filter(label => label.locked);
  const { regions } = fresh;
  if (regions.width !== document.width || regions.height !== document.height) {
    throw new Error(`The segmentation is of ${regions.width}×${regions.height} pixels, the mask of ${document.width}×${document.height}.`);
  }
  if (locked.length === 0) return fresh;
  const count = regions.count + locked.length;
  checkRegionCount(count);
  const painted = new Uint32Array(document.cut().representative.length + 1).fill(noRegion);
  const properties = new Map<number, LabelProperties>();
  locked.forEach(({ value, colour, representative }, i) => {
    painted[value] = regions.count + i;
    properties.set(regions.count + i, { ...document.state.properties.get(representative), colour });
  });
  const colours = new Uint8Array(count);
  colours.set(fresh.colours);
  return { ...fresh, properties, colours, regions: { ...regions, count, ids: paint(regions.ids, document.labelMap(), painted) } };
}

/** `ids` with the pixels of each label that has a region in `regionOf` given to that region. */
function paint(ids: Uint16Array, labels: Uint16Array, regionOf: Uint32Array): Uint16Array {
  return ids.map((id, p) => (regionOf[labels[p]] === noRegion ? id : regionOf[labels[p]]));
}
