import { reasonOf } from '../errors';
import { MaskDocument } from '../document/maskDocument';
import { ignoredValue } from '../classes/classListSchema';
import { encodeClassMask } from './classPixels';
import { decodeMaskPng, encodeMaskPng, type MaskImage } from './indexedPng';
import { defaultColours } from '../colours/defaultColours';
import { checkRegionCount, type RegionMap } from '../regions/regionMap';
import { overviewOf } from './maskOverview';
import { readSidecar, unknownImage, writeSidecar, type MaskRequest, type Sidecar } from './sidecar';
import { background, type LabelProperties, type MaskState } from '../document/maskState';
import { fromRecord, stateSchema, toRecord } from './stateRecord';

/** What a mask's files contain besides the mask. */
export interface FileContext {
  /** The image's file name, without folder, and its bytes' SHA-256 in lower-case hex. */
  readonly image: { readonly name: string; readonly sha256: string };
  /** The version of Labelless. */
  readonly version: string;
  /** SHA-256 in lower-case hex; given by the caller so that this module needs no Node. */
  readonly sha256: (bytes: Uint8Array) => string;
  /** The meaning of the mask file's values; class ids only where the document has a class list. Default: labels. */
  readonly values?: 'labels' | 'classes';
  /** What a batch writes the mask for. */
  readonly request?: MaskRequest;
}

/** Encodes a mask as its two files. The same document and context give the same bytes. */
export function encodeMask(document: MaskDocument, context: FileContext): { png: Uint8Array; sidecar: string } {
  const list = context.values === 'classes' ? document.classes : undefined;
  const { width, height } = document;
  const png = list
    ? encodeClassMask(document, list)
    : encodeMaskPng({ width, height, labels: document.labelMap() }, labelColours(document));
  const sidecar = writeSidecar({
    version: 1,
    program: { name: 'labelless', version: context.version },
    image: { name: context.image.name, sha256: context.image.sha256 },
    mask: { sha256: context.sha256(png) },
    ...(context.request && { request: context.request }),
    overview: overviewOf(document),
    ...(list && { classValues: { background: list.backgroundValue } }),
    ...toRecord(document),
  });
  return { png, sidecar };
}

function labelColours(document: MaskDocument): string[] {
  const colours: string[] = [];
  for (const { value, colour } of document.view().labels) colours[value - 1] = colour;
  return colours;
}

/** A mask that was read from its files. */
export interface OpenedMask {
  readonly document: MaskDocument;
  /** Remarks for the user, a sentence each; empty when the files are sound. */
  readonly messages: string[];
  /** The image that the mask was made of, as its sidecar names it; absent without a sidecar. */
  readonly image?: Sidecar['image'];
  /** Why the sidecar cannot be used, a clause; absent where there is none, or a sound one. */
  readonly ignored?: string;
}

/**
 * Opens a mask with its sidecar. If the sidecar is missing, damaged or does not fit the mask, the slider and the names
 * are lost but never the mask, and `messages` names the reason.
 * @throws Error when the mask itself cannot be read; see `decodeMaskPng`
 */
export function openMask(png: Uint8Array, sidecar?: string | Uint8Array, maxPixels?: number): OpenedMask {
  const image = decodeMaskPng(png, maxPixels);
  const plain = (message: string) => ({ document: new MaskDocument(stateFromLabels(image)), messages: [message] });
  if (sidecar === undefined) return plain('This mask has no sidecar file, so there is no granularity slider.');
  const read = readSidecar(sidecar);
  const opened = 'ignored' in read ? read : withSidecar(image, read.sidecar, maxPixels);
  if ('ignored' in opened) {
    const { ignored } = opened;
    return { ...plain(`The sidecar of this mask is ignored: ${ignored}. There is no granularity slider.`), ignored };
  }
  return { document: opened.document, messages: [], image: opened.image };
}

/**
 * Returns whether a mask was made of another image than the one of a hash: of another of the same name, or of this one
 * before it was changed. A mask that does not tell its image counts as made of this one.
 */
export function isOfAnotherImage({ image }: Pick<OpenedMask, 'image'>, sha256: string): boolean {
  return image !== undefined && image.sha256 !== unknownImage && image.sha256 !== sha256;
}

function withSidecar(image: MaskImage, sidecar: Sidecar, maxPixels?: number) {
  let document;
  try {
    document = new MaskDocument(fromRecord(sidecar, maxPixels));
  } catch (error) {
    return { ignored: `it is damaged (${reasonOf(error)})` };
  }
  const { labels } = image;
  if (document.width !== image.width || document.height !== image.height)
    return { ignored: 'it belongs to a mask of another size' };
  const own = document.labelMap();
  const fits = valueCheck(document, sidecar);
  for (let p = 0; p < labels.length; p++)
    if (!fits(own[p]!, labels[p]!)) return { ignored: 'the mask was changed since it was written' };
  return { document, image: sidecar.image };
}

/** Makes a test of whether a pixel's value in the mask file is what the label that the sidecar gives it has there. */
function valueCheck(document: MaskDocument, { classValues }: Sidecar): (label: number, value: number) => boolean {
  if (!classValues) return (label, value) => label === value;
  const ids = new Map(document.view().labels.map(label => [label.value, label.class]));
  // A class that the list did not have when the mask was written is 255, as no class is.
  return (label, value) =>
    label === 0 ? value === classValues.background : value === ids.get(label) || value === ignoredValue;
}

/**
 * Makes a state from a mask of another program: each label value becomes one region, which keeps its value and its
 * colour.
 * @throws Error when there are too many
 */
export function stateFromLabels({ width, height, labels, palette }: MaskImage): MaskState {
  const regionOf = new Int32Array(65536).fill(-1);
  for (const value of labels) regionOf[value] = 0;
  const present = [...regionOf.keys()].filter(value => regionOf[value] === 0);
  checkRegionCount(present.length);
  present.forEach((value, region) => {
    regionOf[value] = region;
  });
  const regions: RegionMap = { width, height, count: present.length, ids: labels.map(value => regionOf[value]!) };
  const properties = new Map<number, LabelProperties>();
  present.forEach((value, region) => {
    if (value > 0 && palette?.[value]) properties.set(region, { colour: palette[value] });
  });
  return {
    regions,
    hierarchy: null,
    granularity: 1,
    run: null,
    properties,
    colours: defaultColours(regions, null),
    pins: new Map(present[0] === 0 ? [[0, background]] : []),
    values: new Map(present.flatMap((value, region) => (value > 0 ? [[region, value] as const] : []))),
  };
}

/** Packs the complete state of a document for a backup. */
export function toBackup(document: MaskDocument): Uint8Array {
  return new TextEncoder().encode(toBackupText(document));
}

/** Packs the complete state of a document as base64, the form in which a client sends a mask to its server. */
export function toBackupText(document: MaskDocument): string {
  return JSON.stringify({ version: 1, ...toRecord(document) });
}

/** Restores the document of a backup. @throws Error when the backup is damaged */
export function fromBackup(backup: Uint8Array | string, maxPixels?: number): MaskDocument {
  try {
    const text = typeof backup === 'string' ? backup : new TextDecoder().decode(backup);
    return new MaskDocument(fromRecord(stateSchema.parse(JSON.parse(text)), maxPixels));
  } catch (error) {
    throw new Error(`The backup of a mask cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
