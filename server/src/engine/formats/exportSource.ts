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
  /** What else users must know to use the files, a clause each that follows the format's name. */
  readonly notes?: readonly string[];
  /** Files of an earlier export of the mask that these files leave without meaning. */
  readonly stale?: readonly string[];
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
