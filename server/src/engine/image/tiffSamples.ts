import { ImageError } from './imageError';
import { tiffCompression } from './tiffCompression';
import { tags, type TiffDirectory } from './tiffDirectory';
import type { TiffLayout } from './tiffLayout';
import { undoPrediction } from './tiffPrediction';
import { rowReader } from './tiffValues';

/** The most bytes that a strip or tile may unpack to. */
const maxSegmentBytes = 2 ** 30;
/** The most bytes of samples for each pixel that a picture may have, on average over the limit of pixels. */
const maxPixelBytes = 64;

/** Takes the samples of one band in a part of a row: `count` values from pixel `x` of row `y` on. */
export type OnSamples = (band: number, x: number, y: number, values: Float64Array, count: number) => void;

/** Reads the samples of a TIFF file, strip by strip or tile by tile, as often as they are needed. */
export class TiffSamples {
  private constructor(
    private readonly file: string,
    private readonly bytes: Uint8Array,
    private readonly layout: TiffLayout,
    private readonly offsets: readonly number[],
    private readonly lengths: readonly number[],
  ) {}

  get width(): number {
    return this.layout.width;
  }
  get height(): number {
    return this.layout.height;
  }

  /**
   * @param maxPixels the limit of pixels of a picture
   * @throws ImageError for what would take too much memory or time
   */
  static async open(
    file: string,
    bytes: Uint8Array,
    layout: TiffLayout,
    directory: TiffDirectory,
    maxPixels: number,
  ): Promise<TiffSamples> {
    const { tiled } = layout.segment;
    const count = segmentCount(layout);
    const bytesEach = segmentBytes(layout, layout.segment.height);
    if (bytesEach > maxSegmentBytes || count * bytesEach > maxPixels * maxPixelBytes)
      throw new ImageError(
        file,
        `its ${layout.bands} bands of ${layout.bits} bits unpack to ${((count * bytesEach) / 1e6).toFixed(0)} MB, ` +
          'more than can be read; save fewer bands, or a smaller part',
      );
    const offsets = await directory.numbers(tiled ? tags.tileOffsets : tags.stripOffsets, count);
    const lengths = await directory.numbers(tiled ? tags.tileByteCounts : tags.stripByteCounts, count);
    if (offsets.length < count)
      throw new ImageError(file, 'it is damaged or cut off: some of its pixels have no place');
    return new TiffSamples(file, bytes, layout, offsets, lengths);
  }

  /**
   * Reads the bands that are wanted.
   * @throws ImageError for damaged or cut-off data
   */
  read(bands: readonly number[], onSamples: OnSamples): void {
    const { planar, segment } = this.layout;
    const across = Math.ceil(this.layout.width / segment.width);
    const inPlane = across * Math.ceil(this.layout.height / segment.height);
    for (let index = 0; index < this.offsets.length; index++) {
      const plane = Math.floor(index / inPlane);
      const wanted = planar ? bands.filter(band => band === plane) : bands;
      if (wanted.length === 0) continue;
      const left = (index % across) * segment.width;
      const top = Math.floor((index % inPlane) / across) * segment.height;
      this.readSegment(index, left, top, wanted, onSamples);
    }
  }

  private readSegment(index: number, left: number, top: number, bands: readonly number[], onSamples: OnSamples): void {
    const { width, height, planar, segment } = this.layout;
    const rows = segment.tiled ? segment.height : Math.min(segment.height, height - top);
    const data = this.unpack(index, rows);
    const stride = planar ? 1 : this.layout.bands;
    const count = Math.min(segment.width, width - left);
    const values = new Float64Array(count);
    const rowBytes = segmentBytes(this.layout, 1);
    const readRow = rowReader(this.layout, data);
    for (let y = 0; y < Math.min(rows, height - top); y++) {
      for (const band of bands) {
        readRow(y * rowBytes, planar ? 0 : band, stride, values);
        onSamples(band, left, top + y, values, count);
      }
    }
  }

  private unpack(index: number, rows: number): Uint8Array {
    const expected = segmentBytes(this.layout, rows);
    const offset = this.offsets[index];
    // Programs of geographers leave out what is empty.
    if (offset === 0) return new Uint8Array(expected);
    const plain = this.layout.compression === 1;
    const length = plain ? expected : (this.lengths[index] ?? 0);
    let data;
    try {
      const packed = this.bytes.subarray(offset, offset + length);
      data = tiffCompression(this.layout.compression).unpack!(packed, expected);
    } catch {
      data = undefined;
    }
    if (!data || data.length < expected)
      throw new ImageError(this.file, 'it is damaged or cut off: its pixels cannot be unpacked');
    return undoPrediction(this.layout, data, rows);
  }
}

/** The bytes of so many rows of a strip or tile once they are unpacked. */
function segmentBytes({ segment, planar, bands, bits }: TiffLayout, rows: number): number {
  return Math.ceil((segment.width * (planar ? 1 : bands) * bits) / 8) * rows;
}

function segmentCount({ width, height, segment, planar, bands }: TiffLayout): number {
  return Math.ceil(width / segment.width) * Math.ceil(height / segment.height) * (planar ? bands : 1);
}
