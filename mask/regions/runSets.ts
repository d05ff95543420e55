import type { PixelRuns } from './pixelRuns';

/** Collects runs in ascending order, and joins those that meet. */
export class RunList {
  private readonly list: number[] = [];

  /** Adds the pixels `from` … `to` - 1, which lie after all before. */
  add(from: number, to: number): void {
    const { list } = this;
    const last = list.length - 2;
    if (last >= 0 && list[last] + list[last + 1] === from) list[last + 1] += to - from;
    else list.push(from, to - from);
  }

  runs(): PixelRuns {
    return Uint32Array.from(this.list);
  }
}

/** The pixels of some runs that are not in others. */
export function withoutRuns(runs: PixelRuns, others: PixelRuns): PixelRuns {
  const rest = new RunList();
  let at = 0;
  for (let i = 0; i < runs.length; i += 2) {
    let from = runs[i];
    const end = from + runs[i + 1];
    while (at < others.length && others[at] + others[at + 1] <= from) at += 2;
    for (let other = at; from < end; other += 2) {
      const start = other < others.length ? Math.min(end, others[other]) : end;
      if (from < start) rest.add(from, start);
      from = start < end ? others[other] + others[other + 1] : end;
    }
  }
  return rest.runs();
}

/** The pixels of a map whose region is in a set. @param inside by region: not 0 for those that count */
export function runsOfRegions(ids: Uint16Array, inside: Uint8Array): PixelRuns {
  const list = new RunList();
  for (let p = 0; p < ids.length; p++) {
    if (inside[ids[p]] !== 1) continue;
    const from = p;
    while (p < ids.length && inside[ids[p]] === 1) p++;
    list.add(from, p);
  }
  return list.runs();
}

/** The numbers of the pixels of some runs, in their order from 0. */
export class RunIndex {
  /** By run: the number of its first pixel. */
  private readonly firsts: Uint32Array;
  readonly pixels: number;

  constructor(private readonly runs: PixelRuns) {
    this.firsts = new Uint32Array(runs.length / 2);
    let pixels = 0;
    for (let run = 0; run < this.firsts.length; run++) {
      this.firsts[run] = pixels;
      pixels += runs[2 * run + 1];
    }
    this.pixels = pixels;
  }

  /** The number of a pixel; -1 where the runs do not have it. */
  find(pixel: number): number {
    const { runs, firsts } = this;
    let [low, high] = [0, firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (runs[2 * middle] <= pixel) low = middle + 1;
      else high = middle;
    }
    const run = low - 1;
    const offset = run < 0 ? -1 : pixel - runs[2 * run];
    return offset >= 0 && offset < runs[2 * run + 1] ? firsts[run] + offset : -1;
  }
}
