import type { Label, MaskDocument } from '../../../../mask/document/maskDocument';
import { RingSimplifier, ringArea } from '../../../../mask/shapes/simplifyRings';
import { contoursOf, type Contour } from '../../../../mask/shapes/contours';
import type { Box } from '../../../../mask/shapes/runLengths';
import { counted } from '../common/counted';
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

/** The labels of one name, or of one class of the class list: what formats call a class. */
export interface NamedClass {
  /** The id in the class list; absent without one. */
  readonly id?: number;
  readonly name: string;
  /** `#rrggbb` */ readonly colour: string;
  readonly values: readonly number[];
}

/** A mask as the formats read it; what takes time is computed once, on the first request. */
export class ExportSource {
  readonly labels: readonly Label[];
  /**
   * The labels that data sets of classes hold: those of a class of the document's list, but for the background's; all
   * of them where it has no list.
   */
  readonly classified: readonly Label[];
  /** The labels that have no class of the document's list, where it has one. */
  readonly unclassified: readonly Label[];
  /** The generated names of labels that users gave no name, where names are what classes go by. */
  readonly generatedNames: readonly string[];
  /** The label value of each pixel, row-major, 0 for background. */
  readonly map: Uint16Array;
  readonly width: number;
  readonly height: number;
  private outlines: Map<number, Contour[]> | undefined;
  private simplified: Map<number, readonly Contour[]> | undefined;

  constructor(
    readonly image: LoadedImage,
    private readonly document: MaskDocument,
    /** How far polygons may be from the boundaries of labels, in pixels. */
    readonly polygonTolerance = 0,
  ) {
    ({ width: this.width, height: this.height } = document);
    this.labels = document.view().labels;
    const { classes: list } = document;
    const has = (label: Label) => list === undefined || list.byId(label.class) !== undefined;
    this.classified = this.labels.filter(label => has(label) && !list?.byId(label.class)?.background);
    this.unclassified = this.labels.filter(label => !has(label));
    this.generatedNames = this.labels
      .filter(({ representative }) => !list && !document.isNamed(representative))
      .map(({ name }) => name);
    this.map = document.labelMap();
  }

  /** What of the mask data sets of classes leave out, a clause; none where every label has a class. */
  get withoutClass(): string[] {
    const { length } = this.unclassified;
    return length > 0 ? [`${counted(length, 'label')} without a class`] : [];
  }

  /**
   * Lists the classes: all of the document's list in its order, but for the background; where it has none, the names of
   * the labels in the order of their first ones, with the first label's colour.
   */
  classes(): NamedClass[] {
    const { classes: list } = this.document;
    if (list)
      return list.classes
        .filter(({ background }) => !background)
        .map(({ id, name, colour }) => ({
          id,
          name,
          colour,
          values: this.classified.filter(label => label.class === id).map(({ value }) => value),
        }));
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

  /**
   * The boundaries of `contours` in the same order, simplified within the tolerance: those of one label do not cross,
   * those of neighbours may overlap or leave a gap.
   */
  polygons(): ReadonlyMap<number, readonly Contour[]> {
    const { polygonTolerance: tolerance } = this;
    if (tolerance === 0) return this.contours();
    this.simplified ??= new Map(
      [...this.contours()].map(([label, own]) => {
        const rings = new RingSimplifier(
          own.map(({ points }) => points),
          tolerance,
        ).at(tolerance);
        return [label, rings.map(points => ({ label, points, area: ringArea(points) }))] as const;
      }),
    );
    return this.simplified;
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
