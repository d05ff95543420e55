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

/** The maximum number of pixels of a decoded map, unless its reader sets another. */
export const defaultMaxPixels = 100e6;

/**
 * The deflate level: 3 is as fast as 1 on region maps and takes a quarter of the time of 6. 24 megapixels take half a
 * second.
 */
const deflateLevel = 3;

/** Encodes a region map for JSON. */
export function encodeRegions(regions: RegionMap): EncodedRegions {
  return { width: regions.width, height: regions.height, count: regions.count, ids: pack(regions.ids) };
}

/**
 * Decodes a region map. It is checked before memory is allocated.
 * @throws Error when the map is damaged, contradicts itself or has more than `maxPixels` pixels
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

/** Encodes a hierarchy for JSON. */
export function encodeHierarchy(hierarchy: Hierarchy): EncodedHierarchy {
  return {
    count: hierarchy.count,
    left: pack(hierarchy.left),
    right: pack(hierarchy.right),
    levels: pack(hierarchy.levels),
  };
}

/** Decodes a hierarchy. @throws Error when it is damaged or not valid; see `checkHierarchy` */
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

/** Encodes one byte a region: deflated, base64. */
export function encodeBytes(values: Uint8Array): string {
  return pack(values);
}

/** Decodes one byte a region. @throws Error when the text does not hold exactly `length` bytes */
export function decodeBytes(text: string, length: number): Uint8Array {
  return new Uint8Array(unpack(text, length));
}

/** Deflates an array's own bytes, which are little-endian on every platform that Node and VS Code run on. */
function pack(values: Uint8Array | Uint16Array | Uint32Array | Float32Array): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.from(zlibSync(bytes, { level: deflateLevel })).toString('base64');
}

/** Inflates exactly `length` bytes, and never more. @throws Error when the text holds another number */
function unpack(text: string, length: number): ArrayBuffer {
  return inflate(Buffer.from(text, 'base64'), length).buffer;
}

/**
 * The number of deflated bytes that are inflated at a time. As deflate packs no tighter than 1:1032, each piece makes 4
 * MB at most.
 */
const pieceBytes = 4096;

/**
 * Inflates a zlib stream that must hold exactly `length` bytes. It stops at the first piece that exceeds them, so the
 * cost of a hostile stream is bounded by the length that its reader expects.
 * @throws Error when the stream is damaged or holds more or fewer bytes
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
