import { DrawingBudget, DrawingBudgetError } from '../shapes/drawingBudget';
import { fillBitmap } from '../shapes/fillBitmap';
import { fillCircle } from '../shapes/fillCircle';
import { fillPolygon } from '../shapes/fillPolygon';
import type { Paint } from '../shapes/shapes';
import { reasonOf } from '../errors';
import {
  asObject,
  checkStatedSize,
  labelName,
  statedLength,
  type ForeignLabels,
  type LabelShape,
  type Size,
} from './foreignLabels';
import { labelmeMask } from './labelmeMask';
import { Remarks } from './remarks';

/** A file of LabelMe (Wada's program): the shapes of one image, and the image's size where the file states it. */
export interface LabelmeFile extends Partial<Size> {
  /** As in the file; later ones lie over earlier ones. */
  readonly shapes: readonly unknown[];
}

/**
 * Reads a file of LabelMe, of any version. Its shapes are looked at when they are drawn.
 * @param file parsed JSON
 * @throws Error, a clause for people, where there is no list of shapes
 */
export function readLabelme(file: unknown): LabelmeFile {
  const { shapes, imageWidth, imageHeight } = asObject(file) ?? {};
  if (!Array.isArray(shapes)) throw new Error('it has no list of shapes, as files of LabelMe have');
  const [width, height] = [statedLength(imageWidth), statedLength(imageHeight)];
  return { shapes, ...(width && { width }), ...(height && { height }) };
}

/**
 * The shapes of a file of LabelMe. Those that cannot be drawn are left out and named; so are points and lines, which
 * have no area.
 * @param size of the image; the file's own is checked where it states one
 * @throws Error, a clause for people, for labels of another size; DrawingBudgetError for shapes that take too much work
 */
export function labelmeLabels(file: LabelmeFile, size: Size): ForeignLabels {
  checkStatedSize(file, size);
  const remarks = new Remarks();
  const budget = new DrawingBudget(file.shapes.length);
  const shapes = file.shapes.flatMap((value, index): LabelShape[] => {
    const shape = asObject(value) ?? {};
    const name = labelName(shape.label);
    try {
      if (name === undefined) throw new Error('without a label');
      const group = shape.group_id;
      const isGrouped = typeof group === 'number' || (typeof group === 'string' && group !== '');
      return [{ name, group: isGrouped ? `${group} ${name}` : index, fill: fillOf(shape, size, budget) }];
    } catch (error) {
      if (error instanceof DrawingBudgetError) throw error;
      remarks.add('shape', `${index + 1}${name === undefined ? '' : ` “${name}”`}`, reasonOf(error));
      return [];
    }
  });
  return { shapes, leftOut: remarks.lines() };
}

type Corner = readonly [x: number, y: number];

/** How to fill a shape, as LabelMe's own converter does. @throws Error, a clause for people, for what has no area */
function fillOf(
  shape: Readonly<Record<string, unknown>>,
  { width, height }: Size,
  budget: DrawingBudget,
): (paint: Paint) => void {
  const kind = shape.shape_type ?? 'polygon'; // absent before version 4
  if (typeof kind !== 'string') throw new Error('the shape_type is no text');
  const corners = cornersOf(shape.points);
  const polygon = (outline: readonly Corner[]) => {
    const points = outline.flat();
    return (paint: Paint) => {
      fillPolygon(points, width, height, paint, budget);
    };
  };
  switch (kind) {
    case 'polygon':
      if (corners.length < 3) throw new Error('a polygon has three corners at least');
      return polygon(corners);
    // X-AnyLabeling's “rotation” has its corners rotated already; its “direction” is for showing it.
    case 'rectangle':
    case 'oriented_rectangle':
    case 'rotation':
    case 'quadrilateral':
      if (corners.length === 4) return polygon(corners);
      if (kind !== 'rectangle') throw new Error(`a shape of the type ${kind} has four corners`);
      return polygon(boxAround(two(corners, 'a rectangle has two or four corners')));
    case 'circle': {
      const [[x, y], [edgeX, edgeY]] = two(corners, 'a circle has two points, its centre and one on its edge');
      const radius = Math.hypot(edgeX - x, edgeY - y);
      return paint => {
        fillCircle([x, y, radius], width, height, paint, budget);
      };
    }
    case 'mask': {
      const bitmap = labelmeMask(shape.mask, two(corners, 'a mask has two corners'), { width, height }, budget);
      return paint => {
        fillBitmap(bitmap, width, height, paint, budget);
      };
    }
    case 'point':
    case 'points':
      throw new Error('points have no area');
    case 'line':
    case 'linestrip':
      throw new Error('lines have no area');
    default:
      throw new Error(`shapes of the type “${kind.slice(0, 40)}” are not read`);
  }
}

function cornersOf(points: unknown): Corner[] {
  if (!Array.isArray(points)) throw new Error('without a list of points');
  return points.map((point: unknown): Corner => {
    if (!Array.isArray(point) || point.length !== 2 || !point.every(Number.isFinite))
      throw new Error('the points are not pairs of numbers');
    return [point[0] as number, point[1] as number];
  });
}

/** @throws Error with `otherwise` unless there are two points */
function two(points: readonly Corner[], otherwise: string): [Corner, Corner] {
  const [first, second] = points;
  if (!first || !second || points.length !== 2) throw new Error(otherwise);
  return [first, second];
}

function boxAround([[x0, y0], [x1, y1]]: readonly [Corner, Corner]): Corner[] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}
