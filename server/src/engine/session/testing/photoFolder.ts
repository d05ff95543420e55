import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../../mask/document/maskDocument';
import type { MaskState } from '../../../../../mask/document/maskState';
import { encodeMask, openMask, stateFromLabels } from '../../../../../mask/files/maskFiles';
import type { ListedImage } from '../../../../../protocol/sessionMessages';
import { listImages } from '../listImages';
import { setStatus } from '../setStatus';
import { StatusReader } from '../statusReader';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A folder of photos of 4 × 2 pixels with masks, for tests. */
export class PhotoFolder {
  readonly reader = new StatusReader();

  constructor(readonly folder: string) {}

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** Writes a photo; photos of other names have other pixels. */
  async photo(name: string): Promise<void> {
    const rgb = createHash('sha256').update(name).digest().subarray(0, 24);
    const png = await sharp(rgb, { raw: { width: 4, height: 2, channels: 3 } })
      .png()
      .toBuffer();
    writeFileSync(this.at(name), png);
  }

  /** Writes a mask of two labels for a photo, with its sidecar, and what a state has besides. */
  mask(name: string, changes: Partial<MaskState> = {}): void {
    const labels = Uint16Array.of(1, 1, 2, 2, 1, 1, 2, 2);
    const state = { ...stateFromLabels({ width: 4, height: 2, labels, palette: null }), ...changes };
    const image = { name: path.basename(name), sha256: sha256(readFileSync(this.at(name))) };
    const { png, sidecar } = encodeMask(new MaskDocument(state), { image, version: '0', sha256 });
    const stem = this.at(name).replace(/\.\w+$/, '');
    writeFileSync(`${stem}.mask.png`, png);
    writeFileSync(`${stem}.mask.json`, sidecar);
  }

  openMask(name: string) {
    const stem = this.at(name).replace(/\.\w+$/, '');
    return openMask(readFileSync(`${stem}.mask.png`), readFileSync(`${stem}.mask.json`));
  }

  /** Lists the folder; the last word on each image counts. */
  async list(options: { recursive?: boolean; images?: string[] } = {}) {
    const { folder } = this;
    const parts: ListedImage[][] = [];
    const list = listImages(folder, this.reader, {
      recursive: false,
      maskFolder: relative => path.join(folder, path.dirname(relative)),
      ...options,
    });
    let step = await list.next();
    for (; !step.done; step = await list.next()) parts.push(step.value);
    const images = new Map(parts.flat().map(image => [image.path, image]));
    return { parts, images, ...step.value };
  }

  async set(status: Parameters<typeof setStatus>[2], images: Parameters<typeof setStatus>[1]) {
    return setStatus(this.folder, images, status, {
      reader: this.reader,
      maskFolder: relative => path.join(this.folder, path.dirname(relative)),
      limits: { megapixels: 100, fileSize: 100 },
    });
  }
}
