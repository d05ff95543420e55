import type { LayoutName } from '../../experiment/experimentSchema';
import type { ClassList } from './classList';

/** The share of labelled pixels above which ids that Cityscapes' evaluation leaves out are suspicious. */
const mostLeft = 0.2;

/**
 * Whether labels under `cityscapes19` look like train ids, 0 … 18, in the place of label ids: none is higher, and many
 * of them are label ids that are left out, such as 0, which as a train id is road.
 * @param pixels the number of pixels by index of the class
 * @param left the number of pixels by value that means no class
 */
export function looksLikeTrainIds(
  { builtIn, definitions }: ClassList,
  layout: LayoutName,
  pixels: ArrayLike<number>,
  left: ReadonlyMap<number, number>,
): boolean {
  if (builtIn !== 'cityscapes19' || layout === 'synthia') return false;
  const counts = new Map([...left].filter(([value]) => value < 255 && value >= 0));
  const leftOut = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [index, { values }] of definitions.entries())
    if (pixels[index]! > 0) counts.set(values[0]!, pixels[index]!);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return counts.size > 1 && Math.max(...counts.keys()) < 19 && leftOut > mostLeft * all;
}
