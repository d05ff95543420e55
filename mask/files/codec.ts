import { reasonOf } from '../errors';
import { Unzlib, zlibSync } from 'fflate';
import { checkHierarchy, type Hierarchy } from '../regions/hierarchy';
import { checkRegionCount, checkRegions, type RegionMap } from '../regions/regionMap';

/** A region map in JSON: little-endian 16-bit ids, zlib-deflated, base64. */
export interface EncodedRegions {
  width: number;
  height: number;
  count: number;
  ids: string;
}

/** A hierarchy in JSON: `left`, `right` (32-bit) and `levels` (32-bit floats), each little-endian, deflated, base64. */
export interface EncodedHierarchy {
  count: number;
  left: string;
  right: string;
  levels: string;
}

/** Pixels that a decoded map may have unless its reader says otherwise. */
export const defaultMaxPixels = 100e6;

/** Level 3 is as fast as 1 on region maps and a quarter of 6's time: 24 megapixels take half a second. */
const deflateLevel = 3;

export function encodeRegions(regions: RegionMap): EncodedRegions {
  return { width: regions.width, height: regions.height, count: regions.count, ids: pack(regions.ids) };
}

/**
 * @throws Error when the map is damaged, contradicts itself or has more than `maxPixels`; checked before memory is
 * taken.
 */
export function decodeRegions(encoded: EncodedRegions, maxPixels = defaultMaxPixels): RegionMap {
  const { width, height, count } = encoded;
  const pixels = width * height;
  if (!(pixels >= 1) || pixels > maxPixels)
    throw new Error(`A region map of ${width}×${height} pixels is beyond the limit of ${maxPixels} pixels.`);
  const regions = { width, height, count, ids: new Uint16Array(unpack(encoded.ids, 2 * pixels)) };
  checkRegions(regions);
  return regions;
}

export function encodeHierarchy(hierarchy: Hierarchy): EncodedHierarchy {
  return {
    count: hierarchy.count,
    left: pack(hierarchy.left),
    right: pack(hierarchy.right),
    levels: pack(hierarchy.levels),
  };
}

/** @throws Error when the hierarchy is damaged or none; see `checkHierarchy`. */
export function decodeHierarchy(encoded: EncodedHierarchy): Hierarchy {
  const { count } = encoded;
  checkRegionCount(count);
  const bytes = 4 * (count - 1);
  const hierarchy = {
    count,
    left: new Uint32Array(unpack(encoded.left, bytes)),
    right: new Uint32Array(unpack(encoded.right, bytes)),
    levels: new Float32Array(unpack(encoded.levels, bytes)),
  };
  checkHierarchy(hierarchy);
  return hierarchy;
}

/** One byte a region, deflated, base64. */
export function encodeBytes(values: Uint8Array): string {
  return pack(values);
}

/** @throws Error when the text does not hold exactly `length` bytes. */
export function decodeBytes(text: string, length: number): Uint8Array {
  return new Uint8Array(unpack(text, length));
}

/** Every platform that Node and VS Code run on is little-endian, so the array's own bytes are the encoding's. */
function pack(values: Uint8Array | Uint16Array | Uint32Array | Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.from(zlibSync(bytes, { level: deflateLevel })).toString('base64');
}

/** Exactly `length` bytes, or an error; never inflates to more. */
function unpack(text: string, length: number): ArrayBuffer {
  return inflate(Buffer.from(text, 'base64'), length).buffer;
}

/**
 * Input is inflated in pieces of this many bytes, each of which makes 4 MB at most: deflate packs no tighter than
 * 1:1032.
 */
const pieceBytes = 4096;

/**
 * Inflates a zlib stream that must hold exactly `length` bytes. Stops at the first piece that goes beyond them, so what
 * a hostile stream costs is bounded by the length that its reader expects.
 * @throws Error when it is damaged or holds more or fewer bytes
 */
export function inflate(deflated: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  let excess = false;
  const stream = new Unzlib(piece => {
    excess ||= filled + piece.length > length;
    if (excess) return;
    bytes.set(piece, filled);
    filled += piece.length;
  });
  try {
    for (let at = 0; at < deflated.length && !excess; at += pieceBytes) {
      stream.push(deflated.subarray(at, at + pieceBytes), at + pieceBytes >= deflated.length);
    }
  } catch (error) {
    throw new Error(`The compressed data is damaged: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
  if (excess || filled < length)
    throw new Error(`The compressed data holds ${excess ? 'more' : 'fewer'} bytes than the ${length} expected.`);
  return bytes;
}
