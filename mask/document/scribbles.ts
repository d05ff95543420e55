import * as z from 'zod';
import { maxNameLength } from '../classes/classInfo';
import { maxBrushSize, maxPoints, strokeRuns } from '../regions/pixelRuns';

/** The maximum number of scribbles of a mask. */
export const maxScribbles = 2000;
/**
 * The maximum number of labels among scribbles: class numbers are bytes, and the network has a channel for each class.
 */
export const maxScribbleLabels = 100;

export const scribbleSchema = z.object({
  name: z.string().min(1).max(maxNameLength).describe('The label that the stroke is of.'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  size: z.int().min(1).max(maxBrushSize).describe('Width in pixels.'),
  points: z
    .array(z.number().min(-1e6).max(1e6))
    .min(2)
    .max(2 * maxPoints)
    .refine(list => list.length % 2 === 0, 'a point without y')
    .describe('x, y, x, y … in pixels of the image.'),
});

/**
 * A stroke that a user drew to show what a segmentation is to find. It belongs to a label by name, whose colour is that
 * of the label's first stroke.
 */
export type Scribble = Readonly<Omit<z.infer<typeof scribbleSchema>, 'points'>> & {
  readonly points: readonly number[];
};

/** The labels of scribbles, in the order of their class numbers. */
export function scribbleLabels(scribbles: readonly Scribble[]): { name: string; colour: string }[] {
  const labels = new Map<string, { name: string; colour: string }>();
  for (const { name, colour } of scribbles) if (!labels.has(name)) labels.set(name, { name, colour });
  return [...labels.values()];
}

/** The class number that marks a pixel or a region without a class. */
export const noClass = 255;

/**
 * Draws strokes into a map of class numbers, `noClass` where no stroke is; later strokes lie over earlier ones.
 * @param from the size of the picture whose pixels the strokes refer to
 * @param to the size of the map
 */
export function scribbleMap(
  strokes: readonly { readonly class: number; readonly size: number; readonly points: readonly number[] }[],
  from: Size,
  to: Size,
): Uint8Array {
  const map = new Uint8Array(to.width * to.height).fill(noClass);
  const [sx, sy] = [to.width / from.width, to.height / from.height];
  for (const { class: index, size, points } of strokes) {
    const scaled = points.map((value, i) => value * (i % 2 === 0 ? sx : sy));
    // At least a pixel wide: a thin stroke must not fall between the pixels of a small map.
    const runs = strokeRuns(scaled, Math.max(size * Math.sqrt(sx * sy), Math.SQRT2), to);
    for (let i = 0; i < runs.length; i += 2) map.fill(index, runs[i], runs[i] + runs[i + 1]);
  }
  return map;
}

interface Size {
  readonly width: number;
  readonly height: number;
}
