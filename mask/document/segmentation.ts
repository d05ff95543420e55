import { noRegion } from '../regions/cut';
import type { MaskDocument } from './maskDocument';
import { maxNameLength, type ClassInfo } from '../classes/classInfo';
import type { ClassList } from '../classes/classList';
import { checkHierarchy, largerChildrenLeft, type Hierarchy } from '../regions/hierarchy';
import { defaultColours } from '../colours/defaultColours';
import { checkRegionCount, checkRegions, type RegionMap } from '../regions/regionMap';
import type { LabelProperties, MaskState } from './maskState';
import type { SegmentationRecord } from './segmentationRecord';

/** The result of a segmentation, or of a preview on the way. */
export interface Segmentation {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly granularity: number;
  /** How the segmentation was made; null for a preview. */
  readonly run: SegmentationRecord | null;
  /** By region: its class, where the record has classes. */
  readonly regionClasses?: Uint8Array;
  /** The classes of the image's folder: a class of the record that is called as one of them is that one. */
  readonly folderClasses?: ClassList | undefined;
}

/**
 * Makes a mask from the result of a segmentation.
 * @param before the preview before this one: labels keep their colours where the regions are the same
 * @throws Error when the result contradicts itself
 */
export function stateFromSegmentation(
  { regions, hierarchy, granularity, run, regionClasses, folderClasses }: Segmentation,
  before?: MaskState,
): MaskState {
  checkRegions(regions);
  checkHierarchy(hierarchy);
  if (hierarchy.count !== regions.count)
    throw new Error(`A hierarchy of ${hierarchy.count} regions does not fit a map of ${regions.count}.`);
  const oriented = largerChildrenLeft(hierarchy, regions);
  const preferred = before?.hierarchy?.count === hierarchy.count ? before.colours : undefined;
  return {
    regions,
    hierarchy: oriented,
    granularity,
    run,
    status: 'proposed',
    pins: new Map(),
    properties: classProperties(regions, run?.classes, regionClasses, folderClasses),
    values: new Map(),
    colours: defaultColours(regions, oriented, preferred),
  };
}

/**
 * Gives each region the name and the colour of its class, and so each label that it stands for; and the class of the
 * image's folder that has this name.
 */
function classProperties(
  { count }: RegionMap,
  classes: readonly ClassInfo[] | undefined,
  classOf: Uint8Array | undefined,
  ofFolder: ClassList | undefined,
): Map<number, LabelProperties> {
  if (!classes || !classOf) return new Map();
  if (classOf.length !== count) throw new Error(`Classes of ${classOf.length} regions do not fit a map of ${count}.`);
  return new Map(
    Array.from(classOf, (index, region) => {
      const found = classes.at(index);
      if (!found) throw new Error(`Region ${region} has class ${index}, but there are ${classes.length} classes.`);
      const own = ofFolder?.byName(found.name);
      if (own) return [region, { class: own.id, name: own.name, colour: own.colour }];
      return [region, { name: found.name.slice(0, maxNameLength), colour: found.colour.toLowerCase() }];
    }),
  );
}

/** Whether a user has changed a mask by hand in a way that a new segmentation would undo; locked labels stay anyway. */
export function isMadeByHand({ run, pins, properties }: Pick<MaskState, 'run' | 'pins' | 'properties'>): boolean {
  const given = [...properties.values()].some(label => !label.locked && isNamedByHand(label, run));
  return given || pins.size > 0 || !run;
}

/**
 * Whether a user gave a label its name or colour. Those of a network's classes come from the segmentation; a class of
 * the folder has the folder's colour.
 */
export function isNamedByHand(label: LabelProperties, run: SegmentationRecord | null): boolean {
  const isClass =
    run?.classes?.some(
      ({ name, colour }) => name === label.name && (label.class !== undefined || colour.toLowerCase() === label.colour),
    ) ?? false;
  return (label.name ?? label.colour) !== undefined && !isClass;
}

/**
 * Makes a mask from the result of a segmentation, with the locked labels of a document over it. Each of them keeps its
 * pixels, name and colour and becomes a region outside the hierarchy, which no slider changes.
 * @param before the last preview, whose colours the other labels keep; without it they follow from the result alone
 * @throws Error when the result has another size than the document, or there is no room for the locked labels
 */
export function stateOverLocked(document: MaskDocument, result: Segmentation, before?: MaskState): MaskState {
  const fresh = stateFromSegmentation(result, before);
  const locked = document.view().labels.filter(label => label.locked);
  const { regions } = fresh;
  if (regions.width !== document.width || regions.height !== document.height) {
    throw new Error(
      `The segmentation is of ${regions.width}×${regions.height} pixels, ` +
        `the mask of ${document.width}×${document.height}.`,
    );
  }
  if (locked.length === 0) return fresh;
  const count = regions.count + locked.length;
  checkRegionCount(count);
  const painted = new Uint32Array(document.cut().representative.length + 1).fill(noRegion);
  const properties = new Map(fresh.properties);
  locked.forEach(({ value, colour, representative }, i) => {
    painted[value] = regions.count + i;
    properties.set(regions.count + i, { ...document.state.properties.get(representative), colour });
  });
  const colours = new Uint8Array(count);
  colours.set(fresh.colours);
  return {
    ...fresh,
    properties,
    colours,
    regions: { ...regions, count, ids: paint(regions.ids, document.labelMap(), painted) },
  };
}

/** `ids` with the pixels of each label that has a region in `regionOf` given to that region. */
function paint(ids: Uint16Array, labels: Uint16Array, regionOf: Uint32Array): Uint16Array {
  return ids.map((id, p) => (regionOf[labels[p]] === noRegion ? id : regionOf[labels[p]]));
}
