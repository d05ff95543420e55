import { checkRegionCount, type RegionMap } from './regionMap';

/**
 * A region map in few bytes, to be sent: a map of 2 megapixels takes 4 MB as it is, and some 100 KB packed. Most pixels
 * have the id of the one above them; so the bytes are a row of numbers, each of a run of pixels in reading order.
 */
export interface PackedMap {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  /**
   * Numbers of 7 bits a byte, the lowest first, with the high bit where more follow. A number `2 n` stands for `n`
   * pixels with the ids of those above them; `2 n + 1` for `n` pixels of the id that the next number is.
   */
  readonly runs: Uint8Array;
}

/** The packed forms of maps: packing one takes longer than sending it, and pages ask for the same map again. */
const packedMaps = new WeakMap<RegionMap, PackedMap>();

/** Packs a region map. */
export function packMap(map: RegionMap): PackedMap {
  let packed = packedMaps.get(map);
  if (!packed) packedMaps.set(map, (packed = { ...sizeOf(map), runs: runsOf(map) }));
  return packed;
}

/**
 * Unpacks a region map. Its size is the caller's to judge: memory for it is allocated first.
 * @throws Error when the runs do not fit the size, or name a region that is none
 */
export function unpackMap(packed: PackedMap): RegionMap {
  const { width, height, count, runs } = packed;
  checkRegionCount(count);
  const ids = new Uint16Array(width * height);
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; at < runs.length; scale *= 128) {
      const byte = runs[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw new Error('The packed region map ends within a number.');
  };
  let filled = 0;
  while (at < runs.length) {
    const token = next();
    const end = filled + Math.floor(token / 2);
    if (end > ids.length) throw new Error('The packed region map has more pixels than its size.');
    if (token % 2 === 0) copyFromAbove(ids, width, filled, end);
    else {
      const id = next();
      if (id >= count) throw new Error(`The packed region map names region ${id}, but has ${count} regions.`);
      ids.fill(id, filled, end);
    }
    filled = end;
  }
  if (filled !== ids.length) throw new Error('The packed region map has fewer pixels than its size.');
  return { ...sizeOf(packed), ids };
}

function sizeOf({ width, height, count }: Pick<RegionMap, 'width' | 'height' | 'count'>) {
  return { width, height, count };
}

function runsOf({ width, ids }: RegionMap): Uint8Array {
  const bytes = new Bytes();
  for (let p = 0; p < ids.length;) {
    let above = p;
    if (p >= width) while (above < ids.length && ids[above] === ids[above - width]) above++;
    if (above > p) {
      bytes.add(2 * (above - p));
      p = above;
      continue;
    }
    const id = ids[p];
    let end = p + 1;
    // As long as it goes on, but not where the row above goes on as well: that takes no id.
    while (end < ids.length && ids[end] === id && (end < width || ids[end] !== ids[end - width])) end++;
    bytes.add(2 * (end - p) + 1);
    bytes.add(id);
    p = end;
  }
  return bytes.finish();
}

/** Fills pixels with the ids of those a row above, which may be among them. @throws Error within the first row */
function copyFromAbove(ids: Uint16Array, width: number, from: number, end: number): void {
  if (from < width) throw new Error('The packed region map begins with pixels of a row above.');
  for (let p = from; p < end; p += width) ids.copyWithin(p, p - width, Math.min(p, end - width));
}

/** Bytes of numbers, whose number is not known beforehand. */
class Bytes {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;

  add(value: number): void {
    if (this.length + 8 > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bytes[this.length++] = (rest % 128) + 128;
    this.bytes[this.length++] = rest;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}
