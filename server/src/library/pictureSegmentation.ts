import path from 'node:path';
import { sha256 } from '../../../files/sha256';
import { version } from '../../../package.json';
import { MaskDocument } from '../../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../../mask/document/segmentation';
import { encodeMask } from '../../../mask/files/maskFiles';
import { granularityForCount } from '../../../mask/regions/cut';
import { outputFormats } from '../../../protocol/names';
import { coloursOf, encodeOverlay } from '../engine/formats/encodeOverlay';
import { siblingNames } from '../engine/formats/writeDocument';
import { checkOutputNames } from '../engine/segment/imageFolder';
import { toSegmentation, type SegmentedImage } from '../engine/segment/segmentFile';
import { writeSegmentation } from '../engine/segment/writeSegmentation';
import type { PictureLabel, SegmentedPicture, WriteOptions, WrittenFiles } from './publicTypes';

/** Returns a segmented image as users of the library see it. */
export function pictureOf(method: SegmentedPicture['method'], segmented: SegmentedImage): SegmentedPicture {
  return new PictureSegmentation(method, segmented);
}

/** Its parts are fields, so that a console shows them. */
class PictureSegmentation implements SegmentedPicture {
  readonly width: number;
  readonly height: number;
  readonly granularity: number;
  readonly method: SegmentedPicture['method'];
  readonly backend: string;
  readonly iterations: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly labels: readonly PictureLabel[];
  readonly #image: SegmentedImage;
  readonly #document: MaskDocument;
  #labelMap: Uint16Array | undefined;

  constructor(method: SegmentedPicture['method'], segmented: SegmentedImage) {
    this.#image = segmented;
    this.#document = new MaskDocument(stateFromSegmentation(toSegmentation(segmented)));
    const { image, summary } = segmented;
    ({ width: this.width, height: this.height } = image.picture);
    ({ granularity: this.granularity, backend: this.backend } = summary);
    ({ iterations: this.iterations, seconds: this.seconds } = summary);
    this.method = method;
    this.notes = image.notes;
    this.labels = this.#document.view().labels.map(({ value, name, colour, area }) => ({ value, name, colour, area }));
  }

  get labelMap(): Uint16Array {
    return (this.#labelMap ??= this.#document.labelMap());
  }

  at(cut: { readonly granularity: number } | { readonly regions: number }): SegmentedPicture {
    const granularity = 'regions' in cut ? this.#granularityFor(cut.regions) : cut.granularity;
    if (!(granularity >= 0 && granularity <= 1))
      throw new RangeError(`granularity is a number from 0 to 1, not ${granularity}`);
    const { summary } = this.#image;
    return pictureOf(this.method, { ...this.#image, summary: { ...summary, granularity } });
  }

  #granularityFor(regions: number): number {
    if (!(Number.isInteger(regions) && regions >= 1))
      throw new RangeError(`regions is a whole number from 1, not ${regions}`);
    return granularityForCount(this.#image.segmentation.hierarchy, regions);
  }

  maskPng(): Uint8Array {
    const { file, sha256: ofImage } = this.#image.image;
    const image = { name: path.basename(file), sha256: ofImage };
    return encodeMask(this.#document, { image, version, sha256 }).png;
  }

  overlayPng(): Promise<Uint8Array> {
    return encodeOverlay(this.#image.image.picture, this.labelMap, coloursOf(this.#document.view().labels));
  }

  async write({ folder, formats = ['mask'] }: WriteOptions = {}): Promise<WrittenFiles> {
    const unknown = formats.find(format => !outputFormats.includes(format));
    if (unknown !== undefined)
      throw new TypeError(`there is no format ${unknown}; there are ${outputFormats.join(', ')}`);
    const { file } = this.#image.image;
    const siblings = await siblingNames(file);
    checkOutputNames(file, formats, siblings);
    const { files, lost, notes } = await writeSegmentation(this.#image, {
      folder: path.resolve(folder ?? path.dirname(file)),
      formats,
      siblings,
    });
    return { files, notes: [...lost, ...notes] };
  }
}
