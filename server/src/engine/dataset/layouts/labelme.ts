import { z } from 'zod';
import { ImageError } from '../../image/error';
import { fillPolygon, type Paint } from '../../shapes/polygon';
import { endingKey, imageKey, pairFiles } from '../files';
import { readJson } from '../json';
import type { Layout } from '../layout';
import { drawShapes, type NamedShape } from '../shapeLabels';

const shape = z.object({
  label: z.string(),
  shape_type: z.string().nullish(),
  points: z.array(z.tuple([z.number(), z.number()])),
});
const annotation = z.object({ shapes: z.array(shape), imageWidth: z.int().positive(), imageHeight: z.int().positive() });

type Shape = z.infer<typeof shape>;

/** LabelMe (Wada's program): a JSON file beside each image, or of the same name in a folder of labels, with shapes by class name. */
export const labelme: Layout = {
  places: ({ images = '.', labels }) => ({ images, labels: labels ?? images }),
  list: (images, labels) => pairFiles({ folder: images, key: imageKey }, { folder: labels, key: name => /\.mask\.json$/i.test(name) ? undefined : jsonKey(name) }),
  decode: async ({ file }, classes, limits) => {
    const { shapes, imageWidth: width, imageHeight: height } = await readJson(file, annotation, limits.fileSize);
    const drawn = shapes.map((one): NamedShape => ({ name: one.label, fill: paint => { fillShape(one, width, height, paint); } }));
    try {
      return drawShapes(drawn, { width, height, order: 'given' }, classes, limits);
    } catch (error) {
      throw new ImageError(file, (error as Error).message);
    }
  },
};

const jsonKey = endingKey(/\.json$/i);

/** Points and lines have no area, and label nothing. */
function fillShape({ shape_type: kind, points }: Shape, width: number, height: number, paint: Paint): void {
  const polygon = (corners: readonly (readonly [number, number])[]) => { fillPolygon(corners.flat(), width, height, paint); };
  switch (kind ?? 'polygon') {
    case 'polygon': polygon(points); return;
    case 'rectangle': {
      const [[x0, y0], [x1, y1]] = two(points);
      polygon([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]);
      return;
    }
    case 'circle': {
      const [[x, y], [edgeX, edgeY]] = two(points);
      polygon(circle(x, y, Math.hypot(edgeX - x, edgeY - y)));
      return;
    }
    case 'point': case 'points': case 'line': case 'linestrip': return;
    default: throw new Error(`shapes of the type ${kind} are not read; draw polygons, rectangles or circles`);
  }
}

function two(points: Shape['points']): [Shape['points'][0], Shape['points'][0]] {
  if (points.length !== 2) throw new Error(`a rectangle or circle has ${points.length} points for 2`);
  return [points[0], points[1]];
}

/** Corners close enough for a tenth of a pixel up to a radius of 10,000. */
function circle(x: number, y: number, radius: number): [number, number][] {
  const corners = 720;
  return Array.from({ length: corners }, (_, i) => [x + radius * Math.cos(2 * Math.PI * i / corners), y + radius * Math.sin(2 * Math.PI * i / corners)]);
}
