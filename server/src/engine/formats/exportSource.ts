import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Label, MaskDocument } from '../../../../mask/document/maskDocument';
import { contoursOf, type Contour } from '../../../../mask/shapes/contours';
import type { Box } from '../../../../mask/shapes/runLengths';
import type { LoadedImage } from '../image/loadImage';

/** Files that a format makes of a mask. */
export interface EncodedFiles {
  /** Contents by path, relative to the folder that is written into. */
  readonly files: ReadonlyMap<string, Uint8Array | string>;
  /** What the format cannot hold and this mask has, a clause each. */
  readonly lost?: readonly string[];
}

/** Labels of one name: what formats call a class. */
export interface NamedClass {
  readonly name: string;
  /** `#rrggbb` */ readonly colour: string;
  readonly values: readonly number[];
}

/** A mask as the formats look at it; what costs time is worked out once, when it is asked for. */
export class ExportSource {
  readonly labels: readonly Label[];
  /** The names of labels that nobody gave one. */
  readonly generatedNames: readonly string[];
  /** Label value a pixel, row-major, 0 for background. */
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

  /** The classes in the order of their first labels; the first label's colour counts. */
  classes(): NamedClass[] {
    const classes = new Map<string, { name: string; colour: string; values: number[] }>();
    for (const { name, colour, value } of this.labels) {
      const there = classes.get(name);
      if (there) there.values.push(value);
      else classes.set(name, { name, colour, values: [value] });
    }
    return [...classes.values()];
  }

  /** Boundaries by label value, 0 too; see `contoursOf`. */
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

/** The smallest box that holds contours. */
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

/** What marks a list as written here. */
export const listMark = '# Written by Labelless.';

/**
 * The classes that a folder lists already, and behind them those of one more mask: a class keeps its number in all
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
  for (const one of [...listed, ...classes]) if (!byName.has(one.name)) byName.set(one.name, one);
  return [...byName.values()];
}

/** Whether a folder holds no file; a write that failed may have left folders in it. */
async function isFree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.every(entry => entry.isDirectory());
}
