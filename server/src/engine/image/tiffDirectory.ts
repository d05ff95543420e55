import { ImageError } from './imageError';

/**
 * Reads bytes of a file from a position, fewer where the file ends.
 */
export type ReadAt = (position: number, length: number) => Promise<Uint8Array>;

/** The tags of TIFF that are looked at (TIFF 6.0; 42113 is GDAL's). */
export const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  iccProfile: 34675,
  noData: 42113,
} as const;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values are in the file. */
  readonly position: number;
}

/** The most pages that are counted. */
const maxPages = 10_000;
/** The types of values that are read, and their sizes in bytes: BYTE, ASCII, SHORT, LONG, LONG8, IFD8 and UNDEFINED. */
const typeSizes: Partial<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1, 16: 8, 18: 8 };

/** The image file directory of a page of a TIFF or BigTIFF file. Values are read when they are asked for. */
export class TiffDirectory {
  private constructor(
    private readonly file: string,
    private readonly readAt: ReadAt,
    readonly littleEndian: boolean,
    private readonly entries: ReadonlyMap<number, Entry>,
    /** The number of pages, without previews and masks of other pages. */
    readonly pages: number,
    /** The number of directories before this one, of pages and others. */
    readonly index: number,
  ) {}

  /**
   * @param wanted the number of the page, from 1
   * @throws ImageError for a damaged or cut-off file, and for a page that there is not
   */
  static async read(file: string, readAt: ReadAt, wanted = 1): Promise<TiffDirectory> {
    const head = viewOf(await readAt(0, 16));
    if (head.byteLength < 16) throw new ImageError(file, damaged);
    const littleEndian = head.getUint8(0) === 0x49;
    const big = head.getUint16(2, littleEndian) === 43;
    let at = big ? Number(head.getBigUint64(8, littleEndian)) : head.getUint32(4, littleEndian);
    const seen = new Set<number>();
    let first: TiffDirectory | undefined;
    let found: TiffDirectory | undefined;
    let pages = 0;
    while (at !== 0 && !seen.has(at) && seen.size < maxPages) {
      seen.add(at);
      const read = await readEntries(readAt, at, big, littleEndian);
      if (!read) break;
      const page = new TiffDirectory(file, readAt, littleEndian, read.entries, 0, seen.size - 1);
      first ??= page;
      if (((await page.number(tags.subfileType, 0)) & (reducedResolution | transparencyMask)) === 0) pages++;
      if (pages === wanted) found ??= page;
      at = read.next;
    }
    if (!first) throw new ImageError(file, damaged);
    // The first directory is the first page, whatever it says of itself.
    const page = wanted === 1 ? first : found;
    if (!page)
      throw new ImageError(
        file,
        `it has ${pages === 1 ? 'one page' : `${pages} pages`}, and no page ${wanted}; ` +
          'the setting labelless.image.page says which is used',
        'labelless.image.page',
      );
    return new TiffDirectory(file, readAt, littleEndian, page.entries, Math.max(1, pages), page.index);
  }

  has(tag: number): boolean {
    return this.entries.has(tag);
  }

  /** The first value of a tag. */
  async number(tag: number, missing: number): Promise<number> {
    return (await this.numbers(tag, 1))[0] ?? missing;
  }

  /**
   * The values of a tag, none where it is missing.
   * @param most how many values are of use
   * @throws ImageError where the file ends before them
   */
  async numbers(tag: number, most: number): Promise<number[]> {
    const entry = this.entries.get(tag);
    const size = entry && typeSizes[entry.type];
    if (!entry || size === undefined) return [];
    const count = Math.min(entry.count, most);
    const view = viewOf(await this.readAt(entry.position, count * size));
    if (view.byteLength < count * size) throw new ImageError(this.file, damaged);
    return Array.from({ length: count }, (_, index) => valueAt(view, index * size, size, this.littleEndian));
  }
}

const reducedResolution = 1;
const transparencyMask = 4;
const damaged = 'it is damaged or cut off: its TIFF directory cannot be read';

async function readEntries(
  readAt: ReadAt,
  at: number,
  big: boolean,
  littleEndian: boolean,
): Promise<{ entries: ReadonlyMap<number, Entry>; next: number } | undefined> {
  const [countSize, entrySize, offsetSize] = big ? [8, 20, 8] : [2, 12, 4];
  const start = viewOf(await readAt(at, countSize));
  if (start.byteLength < countSize) return undefined;
  const count = valueAt(start, 0, countSize, littleEndian);
  if (count > 65_535) return undefined;
  const view = viewOf(await readAt(at + countSize, count * entrySize + offsetSize));
  if (view.byteLength < count * entrySize) return undefined;
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const from = index * entrySize;
    const type = view.getUint16(from + 2, littleEndian);
    const length = valueAt(view, from + 4, offsetSize, littleEndian);
    const inline = length * (typeSizes[type] ?? offsetSize + 1) <= offsetSize;
    const valueField = from + 4 + offsetSize;
    entries.set(view.getUint16(from, littleEndian), {
      type,
      count: length,
      position: inline ? at + countSize + valueField : valueAt(view, valueField, offsetSize, littleEndian),
    });
  }
  const end = count * entrySize;
  return { entries, next: view.byteLength < end + offsetSize ? 0 : valueAt(view, end, offsetSize, littleEndian) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function valueAt(view: DataView, at: number, size: number, littleEndian: boolean): number {
  switch (size) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, littleEndian);
    case 4:
      return view.getUint32(at, littleEndian);
    default:
      return Number(view.getBigUint64(at, littleEndian));
  }
}
