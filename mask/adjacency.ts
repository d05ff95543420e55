import type { RegionMap } from './regions';

/**
 * Which regions share a side with which: those of region `r` are `targets[offsets[r]] … targets[offsets[r + 1] - 1]`.
 */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly targets: Uint16Array;
}

/** The neighbours of each region, by sides of pixels. */
export function neighboursOf(regions: RegionMap): Neighbours {
  const { width, height, count, ids } = regions;
  const pairs = new Set<number>();
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const id = ids[p];
      if (x + 1 < width && ids[p + 1] !== id) pairs.add(pairKey(id, ids[p + 1], count));
      if (y + 1 < height && ids[p + width] !== id) pairs.add(pairKey(id, ids[p + width], count));
    }
  }
  return toRows(pairs, count);
}

function pairKey(a: number, b: number, count: number): number {
  return a < b ? a * count + b : b * count + a;
}

function toRows(pairs: ReadonlySet<number>, count: number): Neighbours {
  const offsets = new Uint32Array(count + 1);
  for (const pair of pairs) {
    offsets[Math.floor(pair / count) + 1]++;
    offsets[(pair % count) + 1]++;
  }
  for (let region = 0; region < count; region++) offsets[region + 1] += offsets[region];
  const next = offsets.slice();
  const targets = new Uint16Array(2 * pairs.size);
  for (const pair of pairs) {
    const a = Math.floor(pair / count),
      b = pair % count;
    targets[next[a]++] = b;
    targets[next[b]++] = a;
  }
  return { offsets, targets };
}
