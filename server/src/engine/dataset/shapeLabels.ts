import { ignoreLabel } from '../adaptation/labels';
import type { ImageLimits } from '../image/inspect';
import type { Paint } from '../../../../mask/shapes/polygon';
import { classNamed, type ClassList } from './classes';
import type { LabelMap } from './layout';

/** A shape of a class by its name. `fill` may tell of a pixel more than once. */
export interface NamedShape { readonly name: string; readonly fill: (paint: Paint) => void }

/** What labelling tools call the class of everything that no shape covers, and that of what is to be left out. */
const backgrounds = ['background', '_background_'];
const ignored = ['ignore', '__ignore__', 'void', 'unlabelled', 'unlabeled'];

/**
 * Draws shapes one over the other, as they come or the largest first. What none covers is the class called `background`, where there is one, or does not count.
 * @throws Error for sizes that are none, or above the limit, and for shapes that cannot be drawn
 */
export function drawShapes(
  shapes: readonly NamedShape[], { width, height, order }: { width: number; height: number; order: 'given' | 'largest first' }, classes: ClassList, limits: ImageLimits,
): LabelMap {
  if (!(width * height <= limits.megapixels * 1e6)) throw new Error(`its labels claim ${width}×${height} pixels, above the limit of ${limits.megapixels} megapixels`);
  const background = backgrounds.map(name => classNamed(classes, name)).find(index => index !== undefined);
  const map = new Uint8Array(width * height).fill(background ?? ignoreLabel);
  const unknown = new Map<string, number>();
  for (const { name, fill } of order === 'given' ? shapes : bySize(shapes)) {
    const index = classNamed(classes, name);
    fill((from, to) => { map.fill(index ?? ignoreLabel, from, to); });
    if (index === undefined && !ignored.includes(name.toLowerCase())) unknown.set(name, (unknown.get(name) ?? 0) + areaOf(fill));
  }
  return { width, height, classes: map, unknown };
}

function bySize(shapes: readonly NamedShape[]): NamedShape[] {
  return shapes.map(shape => ({ ...shape, area: areaOf(shape.fill) })).sort((a, b) => b.area - a.area);
}

/** Pixels that a shape paints. */
function areaOf(fill: NamedShape['fill']): number {
  let area = 0;
  fill((from, to) => { area += to - from; });
  return area;
}
