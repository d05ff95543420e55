import { DrawingBudget } from '../shapes/drawingBudget';
import { fillPolygon } from '../shapes/fillPolygon';
import { areaOfRuns, fillRuns } from '../shapes/runLengths';
import { areaOf, largestFirst, type Paint } from '../shapes/shapes';
import { reasonOf } from '../errors';
import { asObject, checkStatedSize, type ForeignLabels, type LabelShape, type Size } from './foreignLabels';
import type { CocoAnnotation, CocoPart } from './readCoco';
import { Remarks } from './remarks';

/**
 * The shapes of an image's part of a COCO file, the largest first: where objects overlap, the smaller one lies in
 * front. Annotations that cannot be drawn are left out and named.
 * @param size of the image; the part's own size is checked where the file states one
 * @throws Error, a clause for people, for labels of another size; DrawingBudgetError for shapes that take too much work
 */
export function cocoLabels(part: CocoPart, size: Size): ForeignLabels {
  checkStatedSize(part, size);
  const remarks = new Remarks();
  const { length } = part.annotations;
  const [measuring, drawing] = [new DrawingBudget(length), new DrawingBudget(length)];
  const shapes = part.annotations.flatMap((annotation, index): LabelShape[] => {
    const leftOut = (reason: string) => {
      remarks.add('annotation', annotation.entry, reason);
    };
    const outline = outlineOf(annotation, size, leftOut);
    if (!outline) return [];
    const { name, colour, remark } = annotation;
    if (remark !== undefined) leftOut(remark);
    const fillWithin = (budget: DrawingBudget) => (paint: Paint) => {
      outline.fill(paint, budget);
    };
    const area = outline.area ?? areaOf({ name, fill: fillWithin(measuring) });
    return [{ name, group: index, area, ...(colour !== undefined && { colour }), fill: fillWithin(drawing) }];
  });
  return { shapes: largestFirst(shapes), leftOut: remarks.lines() };
}

interface Outline {
  /** The number of its pixels, where that is known without drawing. */
  readonly area?: number;
  fill(paint: Paint, budget: DrawingBudget): void;
}

/** The outline of an annotation; undefined where it has none that can be drawn, after telling why. */
function outlineOf(
  { segmentation }: CocoAnnotation,
  size: Size,
  onLeftOut: (reason: string) => void,
): Outline | undefined {
  if (
    segmentation === undefined ||
    segmentation === null ||
    (Array.isArray(segmentation) && segmentation.length === 0)
  ) {
    onLeftOut('without a segmentation; a box alone is no shape');
    return undefined;
  }
  const pieces = Array.isArray(segmentation) && !isNumbers(segmentation) ? segmentation : [segmentation];
  const outlines = pieces.flatMap((piece: unknown) => {
    try {
      return Array.isArray(piece) ? [polygonOutline(piece, size, onLeftOut)] : [runsOutline(piece, size)];
    } catch (error) {
      onLeftOut(reasonOf(error));
      return [];
    }
  });
  if (outlines.length === 0) return undefined;
  const fill = (paint: Paint, budget: DrawingBudget) => {
    for (const outline of outlines) outline.fill(paint, budget);
  };
  return outlines.length === 1 ? outlines[0] : { fill };
}

/** @throws Error, a clause for people, for what is no polygon */
function polygonOutline(piece: unknown[], { width, height }: Size, onLeftOut: (reason: string) => void): Outline {
  const points: unknown[] = piece.flat(); // some programs write pairs
  if (!isNumbers(points)) throw new Error('corners of a polygon are not numbers');
  if (points.length < 6) throw new Error('a polygon has fewer than three corners');
  if (points.length % 2 === 1) onLeftOut('a polygon has an odd number of coordinates; drawn without the last');
  const even = points.length % 2 === 1 ? points.slice(0, -1) : points;
  return {
    fill: (paint, budget) => {
      fillPolygon(even, width, height, paint, budget);
    },
  };
}

/** @throws Error, a clause for people, for what is no run lengths of the image's size */
function runsOutline(piece: unknown, { width, height }: Size): Outline {
  const { counts, size } = asObject(piece) ?? {};
  if (typeof counts !== 'string' && !(Array.isArray(counts) && isNumbers(counts)))
    throw new Error('the segmentation is neither a list of polygons nor run lengths');
  if (size !== undefined && !(Array.isArray(size) && size[0] === height && size[1] === width)) {
    const stated = Array.isArray(size) ? `${size[1]}×${size[0]}` : 'no';
    throw new Error(`run lengths are for ${stated} pixels, the image has ${width}×${height}`);
  }
  return {
    area: areaOfRuns(counts, width, height),
    fill: (paint, budget) => {
      fillRuns(counts, width, height, paint, budget);
    },
  };
}

/** Whether all of a list are numbers; `NaN` and infinite ones are null in JSON. */
function isNumbers(list: unknown[]): list is number[] {
  return list.every(item => typeof item === 'number' && Number.isFinite(item));
}
