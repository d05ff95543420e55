import * as z from 'zod';
import { fillPolygon, type Paint } from '../shapes/shapes';

const shape = z.object({
  label: z.string(),
  shape_type: z.string().nullish(),
  group_id: z.int().nullish().catch(null),
  points: z.array(z.tuple([z.number(), z.number()])),
});

/** The schema of a file of LabelMe (Wada's program): the shapes of one image, later ones over earlier ones. */
export const labelmeFile = z.object({
  shapes: z.array(shape),
  imageWidth: z.int().positive(),
  imageHeight: z.int().positive(),
});

type Shape = z.infer<typeof shape>;

/** Fills a shape. Points and lines have no area and fill nothing. @throws Error for other types of shapes */
export function fillShape({ shape_type: kind, points }: Shape, width: number, height: number, paint: Paint): void {
  const polygon = (corners: readonly (readonly [number, number])[]) => {
    fillPolygon(corners.flat(), width, height, paint);
  };
  switch (kind ?? 'polygon') {
    case 'polygon':
      polygon(points);
      return;
    case 'rectangle': {
      const [[x0, y0], [x1, y1]] = two(points);
      polygon([
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ]);
      return;
    }
    case 'circle': {
      const [[x, y], [edgeX, edgeY]] = two(points);
      polygon(circle(x, y, Math.hypot(edgeX - x, edgeY - y)));
      return;
    }
    case 'point':
    case 'points':
    case 'line':
    case 'linestrip':
      return;
    default:
      throw new Error(`shapes of the type ${kind} are not read; draw polygons, rectangles or circles`);
  }
}

function two(points: Shape['points']): [Shape['points'][0], Shape['points'][0]] {
  if (points.length !== 2) throw new Error(`a rectangle or circle has ${points.length} points for 2`);
  return [points[0]!, points[1]!];
}

/** Approximates a circle by corners, to a tenth of a pixel up to a radius of 10,000. */
function circle(x: number, y: number, radius: number): [number, number][] {
  const corners = 720;
  return Array.from({ length: corners }, (_, i) => [
    x + radius * Math.cos((2 * Math.PI * i) / corners),
    y + radius * Math.sin((2 * Math.PI * i) / corners),
  ]);
}
