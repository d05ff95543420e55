import type { PixelRuns } from './pixelRuns';
import type { RegionMap } from './regionMap';

/** The neighbours of all regions: those of region `r` are `targets[offsets[r]] … targets[offsets[r + 1] - 1]`. */
export interface Neighbours {
  readonly offsets: Uint32Array;
  readonly targets: Uint16Array;
}

/** Finds the neighbours of each region: the regions that share a side of a pixel with it. */
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

/** A connected part of some pixels of a map. */
export interface Component {
  readonly runs: PixelRuns;
  readonly pixels: number;
}

/**
 * Divides the pixels of some regions into the parts that are connected by sides, the largest first; equal ones are in
 * reading order.
 * @param inside by region: not 0 for those that count
 */
export function componentsOf({ width, height, ids }: RegionMap, inside: Uint8Array): Component[] {
  const starts: number[] = [],
    lengths: number[] = [],
    parents: number[] = [];
  const rootOf = (run: number): number => {
    while (parents[run] !== run) run = parents[run] = parents[parents[run]];
    return run;
  };
  for (let y = 0, above = 0, row = 0; y < height; y++, above = row, row = starts.length) {
    for (let x = 0, p = y * width; x < width; x++, p++) {
      if (inside[ids[p]] === 0) continue;
      const start = p;
      while (x + 1 < width && inside[ids[p + 1]] !== 0) {
        x++;
        p++;
      }
      const run = starts.push(start) - 1;
      lengths.push(p + 1 - start);
      parents.push(run);
      // A run above that ends before this one begins ends before all that follow in this row.
      while (above < row && starts[above] + lengths[above] + width <= start) above++;
      for (let other = above; other < row && starts[other] + width <= p; other++) {
        const [a, b] = [rootOf(run), rootOf(other)];
        parents[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  const parts = new Map<number, number[]>();
  for (let run = 0; run < starts.length; run++) {
    const part = parts.get(rootOf(run));
    if (part) part.push(starts[run], lengths[run]);
    else parts.set(run, [starts[run], lengths[run]]);
  }
  const components = [...parts.values()].map(part => ({
    runs: Uint32Array.from(part),
    pixels: part.reduce((sum, value, i) => sum + (i % 2) * value, 0),
  }));
  return components.sort((a, b) => b.pixels - a.pixels);
}

/** Whether some runs contain a pixel. */
export function covers(runs: PixelRuns, pixel: number): boolean {
  for (let i = 0; i < runs.length; i += 2) if (pixel >= runs[i] && pixel < runs[i] + runs[i + 1]) return true;
  return false;
}
