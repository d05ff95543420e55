import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Label, MaskDocument } from '../../../../mask/document/maskDocument';
import { contoursOf, type Contour } from '../../../../mask/shapes/contours';
import type { Box } from '../../../../mask/shapes/runLengths';
import type { LoadedImage } from '../image/loadImage';

/** The files in which a format encodes a mask. */
export interface EncodedFiles {
  /** Contents by path, relative to the folder that is written into. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  /** The contents of this mask that the format cannot hold, a clause each. */
  readonly lost?: readonly string[];
}

/** The labels of one name: what formats call a class. */
export interface NamedClass {
  readonly name: string;
  /** `#rrggbb` */ readonly colour: string;
  readonly values: readonly number[];
}

/** A mask as the formats read it; what takes time is computed once, on the first request. */
export class ExportSource {
  readonly labels: readonly Label[];
  /** The generated names of labels that users gave no name. */
  readonly generatedNames: readonly string[];
  /** The label value of each pixel, row-major, 0 for background. */
  readonly map: Uint16Array;
  readonly width: number;
  readonly height: number;
  private outlines: Map<number, Contour[]> | undefined;

  constructor(
    readonly image: LoadedImage,
    document: MaskDocument,
  ) {
    ({ width: this.width, height: this.height } = document);
    this.labels = document.view().labels;
    this.generatedNames = this.labels
      .filter(({ representative }) => !document.isNamed(representative))
      .map(({ name }) => name);
    this.map = document.labelMap();
  }

  /** Lists the classes in the order of their first labels; the first label's colour counts. */
  classes(): NamedClass[] {
    const classes = new Map<string, { name: string; colour: string; values: number[] }>();
    for (const { name, colour, value } of this.labels) {
      const known = classes.get(name);
      if (known) known.values.push(value);
      else classes.set(name, { name, colour, values: [value] });
    }
    return [...classes.values()];
  }

  /** Traces the boundaries by label value, 0 included; see `contoursOf`. */
  contours(): ReadonlyMap<number, readonly Contour[]> {
    if (!this.outlines) {
      this.outlines = new Map();
      for (const contour of contoursOf(this.map, this.width, this.height)) {
        const others = this.outlines.get(contour.label);
        if (others) others.push(contour);
        else this.outlines.set(contour.label, [contour]);
      }
    }
    return this.outlines;
  }
}

/** Computes the smallest box that holds contours. */
export function boxOf(contours: readonly Contour[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const { points } of contours) {
    for (let i = 0; i < points.length; i += 2) {
      [left, right] = [Math.min(left, points[i]!), Math.max(right, points[i]!)];
      [top, bottom] = [Math.min(top, points[i + 1]!), Math.max(bottom, points[i + 1]!)];
    }
  }
  return { left, top, right, bottom };
}

/** A class of a folder that many images are exported into. */
export type ListedClass = Pick<NamedClass, 'name' | 'colour'>;

/** The first line of a list that Labelless wrote. */
export const listMark = '# Written by Labelless.';

/**
 * Reads the classes that a folder lists already, and appends those of one more mask: a class keeps its number in all
 * images.
 * @param parse the listed class of a line; undefined for a line without one
 * @throws Error when the folder holds something else
 */
export async function extendClasses(
  list: string,
  classes: readonly ListedClass[],
  parse: (line: string) => ListedClass | undefined,
): Promise<ListedClass[]> {
  const text = await readFile(list, 'utf8').catch(() => undefined);
  if (!(text?.startsWith(listMark) ?? (await isFree(path.dirname(list))))) {
    throw new Error(
      `${path.dirname(list)} exists and was not written by Labelless; rename it, or write into another folder`,
    );
  }
  const listed = (text ?? '').split('\n').flatMap(line => parse(line) ?? []);
  const byName = new Map<string, ListedClass>();
  for (const entry of [...listed, ...classes]) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return [...byName.values()];
}

/** Returns whether a folder holds no file; a failed write may have left folders in it. */
async function isFree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.every(entry => entry.isDirectory());
}
