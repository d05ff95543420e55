import type { RegionMap } from '../../../../mask/regions';
import type { Size } from './resize';

/**
 * A label map at the size of `superpixels`, from one of another size: each superpixel takes the label that most of its
 * pixels fall on.
 */
export function majorityBySuperpixel(labels: Int32Array, size: Size, superpixels: RegionMap): Int32Array {
  const { width, height, count, ids } = superpixels;
  const votes = Array.from({ length: count }, () => new Map<number, number>());
  for (let y = 0, p = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * size.height) / height) * size.width;
    for (let x = 0; x < width; x++, p++) {
      const label = labels[row + Math.floor(((x + 0.5) * size.width) / width)];
      votes[ids[p]].set(label, (votes[ids[p]].get(label) ?? 0) + 1);
    }
  }
  const winners = votes.map(counts => [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]);
  return Int32Array.from(ids, id => winners[id]);
}
