import { ignoreLabel } from '../adaptation/labels';
import type { ImageLimits } from '../image/inspect';
import { areaOf, backgroundNames, largestFirst, type NamedShape } from '../../../../mask/shapes/shapes';
import { classNamed, type ClassList } from './classes';
import type { LabelMap } from './layout';

/** What labelling tools call the class of what is to be left out. */
const ignored = ['ignore', '__ignore__', 'void', 'unlabelled', 'unlabeled'];

/**
 * Draws shapes one over the other, as they come or the largest first. What none covers is the class called
 * `background`, where there is one, or does not count.
 * @throws Error for sizes that are none, or above the limit, and for shapes that cannot be drawn
 */
export function drawShapes(
  shapes: readonly NamedShape[],
  { width, height, order }: { width: number; height: number; order: 'given' | 'largest first' },
  classes: ClassList,
  limits: ImageLimits,
): LabelMap {
  if (!(width * height <= limits.megapixels * 1e6))
    throw new Error(`its labels claim ${width}×${height} pixels, above the limit of ${limits.megapixels} megapixels`);
  const background = backgroundNames.map(name => classNamed(classes, name)).find(index => index !== undefined);
  const map = new Uint8Array(width * height).fill(background ?? ignoreLabel);
  const unknown = new Map<string, number>();
  for (const shape of order === 'given' ? shapes : largestFirst(shapes)) {
    const { name, fill } = shape;
    const index = classNamed(classes, name);
    fill((from, to) => {
      map.fill(index ?? ignoreLabel, from, to);
    });
    if (index === undefined && !ignored.includes(name.toLowerCase()))
      unknown.set(name, (unknown.get(name) ?? 0) + areaOf(shape));
  }
  return { width, height, classes: map, unknown };
}
