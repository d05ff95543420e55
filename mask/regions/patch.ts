/**
 * The difference between two maps of one size, as runs of equal change in reading order: the `lengths[i]` pixels from
 * pixel `starts[i]` on change from `before[i]` to `after[i]`. A brush stroke takes some hundred runs where its map has
 * millions of pixels.
 */
export interface Patch {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly before: Uint16Array;
  readonly after: Uint16Array;
}

/** The patch that changes one map into another. Both have the same number of pixels. */
export function patchBetween(from: Uint16Array, to: Uint16Array): Patch {
  const runs = new PatchBuilder();
  if (from === to) return runs.finish();
  const even = from.length & ~1;
  // Two pixels at a time: most are the same in both maps.
  const [fromPairs, toPairs] = [pairs(from, even), pairs(to, even)];
  for (let pair = 0; pair < fromPairs.length; pair++) {
    if (fromPairs[pair] === toPairs[pair]) continue;
    for (let p = 2 * pair; p < 2 * pair + 2; p++) if (from[p] !== to[p]) runs.add(p, from[p], to[p]);
  }
  if (even < from.length && from[even] !== to[even]) runs.add(even, from[even], to[even]);
  return runs.finish();
}

/** Applies a patch to a map in place. `ids` is the map that the patch was made from. */
export function applyPatch(
  ids: Uint16Array,
  { starts, lengths, after }: Pick<Patch, 'starts' | 'lengths' | 'after'>,
): void {
  for (let run = 0; run < starts.length; run++) ids.fill(after[run], starts[run], starts[run] + lengths[run]);
}

/** The patch that undoes another one. */
export function invertPatch({ starts, lengths, before, after }: Patch): Patch {
  return { starts, lengths, before: after, after: before };
}

function pairs(ids: Uint16Array, even: number): Uint32Array {
  const aligned = ids.byteOffset % 4 === 0 ? ids : ids.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, even >> 1);
}

/** Collects runs from changed pixels, which are added in ascending order. */
class PatchBuilder {
  private capacity = 256;
  private count = 0;
  private starts = new Uint32Array(this.capacity);
  private lengths = new Uint32Array(this.capacity);
  private before = new Uint16Array(this.capacity);
  private after = new Uint16Array(this.capacity);

  add(pixel: number, before: number, after: number): void {
    const last = this.count - 1;
    if (
      last >= 0 &&
      this.starts[last] + this.lengths[last] === pixel &&
      this.before[last] === before &&
      this.after[last] === after
    ) {
      this.lengths[last]++;
      return;
    }
    if (this.count === this.capacity) this.grow();
    this.starts[this.count] = pixel;
    this.lengths[this.count] = 1;
    this.before[this.count] = before;
    this.after[this.count++] = after;
  }

  finish(): Patch {
    const { count, starts, lengths, before, after } = this;
    return {
      starts: starts.slice(0, count),
      lengths: lengths.slice(0, count),
      before: before.slice(0, count),
      after: after.slice(0, count),
    };
  }

  private grow(): void {
    this.capacity *= 2;
    const { starts, lengths, before, after } = this;
    this.starts = new Uint32Array(this.capacity);
    this.lengths = new Uint32Array(this.capacity);
    this.before = new Uint16Array(this.capacity);
    this.after = new Uint16Array(this.capacity);
    this.starts.set(starts);
    this.lengths.set(lengths);
    this.before.set(before);
    this.after.set(after);
  }
}
