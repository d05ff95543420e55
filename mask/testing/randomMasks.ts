import { parseEditRequest, stateAfter } from '../document/editRequests';
import type { MaskDocument } from '../document/maskDocument';
import type { LabelProperties } from '../document/maskState';
import type { Hierarchy } from '../regions/hierarchy';
import type { RegionMap } from '../regions/regionMap';
import type { Segmentation } from '../document/segmentation';

/** Made-up masks for tests. Everything follows from a seed. */

/** Makes an edit as a page requests it. @returns whether it changed anything */
export function edit(document: MaskDocument, request: unknown): boolean {
  const state = stateAfter(document, parseEditRequest(request));
  if (state) document.take(state);
  return state !== null;
}

/** Sets the granularity of a document, with or without a hierarchy. */
export function setGranularity(document: MaskDocument, granularity: number): void {
  document.take({ ...document.state, granularity });
}

/** Replaces the properties (name, colour, lock) of the label that a region stands for. */
export function setProperties(document: MaskDocument, region: number, properties: LabelProperties): void {
  document.take({ ...document.state, properties: new Map([...document.state.properties, [region, properties]]) });
}

export type Random = () => number;

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A random integer in 0 … limit - 1. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/**
 * A map of `count` connected regions, grown from random pixels, with ids in random order. `count` is at most the number
 * of pixels.
 */
export function randomRegions(random: Random, width: number, height: number, count: number): RegionMap {
  const owner = new Int32Array(width * height).fill(-1);
  const open: number[] = [];
  for (let id = 0; id < count;) {
    const p = below(random, owner.length);
    if (owner[p] >= 0) continue;
    owner[p] = id++;
    open.push(p);
  }
  while (open.length > 0) {
    const i = below(random, open.length);
    const free = sides(open[i], width, height).filter(q => owner[q] < 0);
    if (free.length === 0) {
      open[i] = open[open.length - 1];
      open.pop();
      continue;
    }
    const q = free[below(random, free.length)];
    owner[q] = owner[open[i]];
    open.push(q);
  }
  return { width, height, count, ids: Uint16Array.from(owner) };
}

/** A hierarchy of merges of random neighbours; several merges share a level. */
export function randomHierarchy(random: Random, regions: RegionMap): Hierarchy {
  const { width, height, count, ids } = regions;
  const nodeOf = Int32Array.from({ length: count }, (_, id) => id);
  const merges: [number, number][] = [];
  while (merges.length < count - 1) {
    const p = below(random, ids.length);
    for (const q of sides(p, width, height)) {
      const [a, b] = [nodeOf[ids[p]], nodeOf[ids[q]]];
      if (a === b) continue;
      nodeOf.forEach((node, id) => {
        if (node === a || node === b) nodeOf[id] = count + merges.length;
      });
      merges.push([a, b]);
      break;
    }
  }
  const steps = merges.map((_, k) => Math.ceil(20 * (1 - k / merges.length)) / 20);
  return {
    count,
    levels: Float32Array.from(steps),
    left: Uint32Array.from(merges, ([a]) => a),
    right: Uint32Array.from(merges, ([, b]) => b),
  };
}

/** The result of a made-up segmentation. */
export function randomResult(random: Random, width: number, height: number, count: number): Segmentation {
  const regions = randomRegions(random, width, height, count);
  const run = {
    method: 'clustering',
    parameters: { channels: 24 },
    seed: 7,
    backend: 'cpu',
    granularity: 0.5,
    iterations: 14,
    stopped: false,
  };
  return { regions, hierarchy: randomHierarchy(random, regions), granularity: 0.5, run };
}

/** The pixels that share a side with pixel `p`. */
export function sides(p: number, width: number, height: number): number[] {
  const x = p % width;
  const found = [];
  if (x > 0) found.push(p - 1);
  if (x + 1 < width) found.push(p + 1);
  if (p >= width) found.push(p - width);
  if (p + width < width * height) found.push(p + width);
  return found;
}

/** The connected parts of some pixels of a map, found pixel by pixel. */
export function flood(inside: boolean[], width: number): number[][] {
  const seen = inside.map(one => !one);
  const parts: number[][] = [];
  seen.forEach((_, start) => {
    if (seen[start]) return;
    const part: number[] = [];
    seen[start] = true;
    for (const open = [start]; open.length > 0;) {
      const p = open.pop()!;
      part.push(p);
      for (const q of sides(p, width, inside.length / width))
        if (!seen[q]) {
          seen[q] = true;
          open.push(q);
        }
    }
    parts.push(part);
  });
  return parts;
}
