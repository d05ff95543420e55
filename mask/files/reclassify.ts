import type { LabelClass } from '../classes/classChange';
import type { ClassList } from '../classes/classList';
import { palette } from '../colours/palettes';
import { MaskDocument } from '../document/maskDocument';
import { reasonOf } from '../errors';
import { encodeClassMask } from './classPixels';
import { decodeBytes } from './codec';
import { withPaletteColours } from './indexedPng';
import { parseJson } from './json';
import { openMask } from './maskFiles';
import { classesOf } from './maskOverview';
import { checkSidecar, writeSidecar, type Sidecar } from './sidecar';
import { fromRecord, summarizeRecord } from './stateRecord';

/** A mask whose labels get other classes. */
interface MaskOfClasses {
  readonly png: Uint8Array;
  readonly sidecar: UsableSidecar;
}

/** A sidecar that can be used: its content as this version knows it, and as it is, with what later ones know too. */
export interface UsableSidecar {
  readonly bytes: Uint8Array;
  readonly known: Sidecar;
  readonly raw: Sidecar;
}

interface ReclassifyContext {
  /** The class list after the change. */
  readonly list: ClassList;
  /** SHA-256 in lower-case hex; given by the caller so that this module needs no Node. */
  readonly sha256: (bytes: Uint8Array) => string;
  readonly maxPixels: number;
}

/** The files of a mask after its labels got other classes. */
export interface ReclassifiedMask {
  readonly png: Uint8Array;
  readonly sidecar: string;
  /** What the labels that changed had of their classes before, by their index in the sidecar. */
  readonly before: ReadonlyMap<number, LabelClass>;
  /** The labels of the sidecar as it is now. */
  readonly labels: Sidecar['labels'];
}

/** Reads a sidecar. @throws Error, a clause for people, when it cannot be used */
export function usableSidecar(bytes: Uint8Array): UsableSidecar {
  let raw: unknown;
  try {
    raw = parseJson(bytes);
  } catch (error) {
    throw unusable(reasonOf(error), error);
  }
  const read = checkSidecar(raw);
  if ('ignored' in read) throw unusable(read.ignored);
  return { bytes, known: read.sidecar, raw: raw as Sidecar };
}

function unusable(reason: string, cause?: unknown): Error {
  return new Error(`its sidecar cannot be used: ${reason}`, { cause });
}

/** The indices of a sidecar's labels of a class, also of those that are merged away at its granularity. */
export function labelsOfClass({ labels }: Sidecar, id: number): number[] {
  return [...labels.keys()].filter(index => labels[index]!.class === id);
}

/**
 * Gives labels of a mask another class, or none, without opening it: its regions, its status and whatever else its
 * sidecar holds stay. The mask file changes where its values are class ids, else in its colours alone.
 * @param changes by a label's index in the sidecar: what it has of its class from now on
 * @throws Error, a clause for people, when the files cannot be used or do not fit each other
 */
export function reclassify(
  { png, sidecar: { bytes, known, raw } }: MaskOfClasses,
  changes: ReadonlyMap<number, LabelClass>,
  { list, sha256, maxPixels }: ReclassifyContext,
): ReclassifiedMask {
  const hasPixels = sha256(png) === known.mask.sha256;
  const ignored = hasPixels ? undefined : openMask(png, bytes, maxPixels).ignored;
  if (ignored !== undefined) throw unusable(ignored);
  const defaults = decodeBytes(known.colours, known.regions.count);
  const labels = raw.labels.map((label, index) => {
    const change = changes.get(index);
    if (!change) return label;
    const { value, region, ...rest } = label;
    const colour = change.colour ?? (value === undefined ? undefined : palette[defaults[region]!]);
    // In the order in which sidecars are written, so that taking a change back gives the same bytes.
    const inOrder = { value, region, class: change.class, name: change.name, colour };
    return { ...inOrder, ...rest, ...inOrder };
  });
  const changed: Sidecar = {
    ...raw,
    labels,
    status: summarizeRecord(known).status,
    ...(raw.overview && { overview: { ...raw.overview, classes: classesOf(labels.filter(isShown)) } }),
    ...(raw.classValues && { classValues: { background: list.backgroundValue } }),
  };
  const pixels = changed.classValues
    ? encodeClassMask(new MaskDocument(fromRecord(changed, maxPixels)), list)
    : withPaletteColours(png, coloursOf(labels, changes));
  return {
    png: pixels,
    sidecar: writeSidecar({ ...changed, mask: { ...raw.mask, sha256: sha256(pixels) } }),
    before: new Map([...changes.keys()].map(index => [index, classOf(raw.labels[index])])),
    labels,
  };
}

function isShown({ value }: Sidecar['labels'][number]): boolean {
  return value !== undefined;
}

function classOf(label: Sidecar['labels'][number] | undefined): LabelClass {
  const { class: id, name, colour } = label ?? {};
  return { class: id, name, colour };
}

/** The colours that changed labels have in the mask file, by value. */
function coloursOf(labels: Sidecar['labels'], changes: ReadonlyMap<number, LabelClass>): Map<number, string> {
  return new Map(
    [...changes.keys()].flatMap(index => {
      const { value, colour } = labels[index] ?? {};
      return value === undefined || colour === undefined ? [] : [[value, colour] as const];
    }),
  );
}
