import path from 'node:path';
import sharp from 'sharp';
import { readRegularFile } from '../../../../files/regularFile';
import type { ImageHeader } from '../../../../protocol/imageMessages';
import type { LoadedImage } from '../image/loadImage';

/** The extensions by which Ultralytics finds pictures whose decoders agree with ours on every pixel. */
const extensions: Readonly<Record<string, readonly string[]>> = {
  jpeg: ['.jpg', '.jpeg'],
  png: ['.png'],
  webp: ['.webp'],
  bmp: ['.bmp'],
};

/** A picture as Ultralytics finds and reads it. */
export interface YoloPicture {
  /** The file's name in `images/`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What was done to the picture, a clause that follows the format's name. */
  readonly note?: string;
}

/** Copies a picture for YOLO, or converts it to PNG where YOLO's programs do not read it as it is displayed. */
export async function yoloPicture({ file, header, picture }: LoadedImage, stem: string): Promise<YoloPicture> {
  const reason = unreadable(header);
  if (reason === undefined)
    return { name: nameOf(file, header, stem), bytes: await readRegularFile(file, header.size) };
  const { width, height, rgb } = picture;
  return {
    name: `${stem}.png`,
    bytes: await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
    note: `has the picture as images/${stem}.png, since not all its programs read ${reason}`,
  };
}

/**
 * Says how a picture must be called, or converted, so that Ultralytics finds its labels in `labels/STEM.txt`: a clause
 * that follows the format's name. Undefined where its own name is right.
 */
export function pictureNote({ file, header }: LoadedImage, stem: string): string | undefined {
  const reason = unreadable(header);
  const name = reason === undefined ? nameOf(file, header, stem) : `${stem}.png`;
  if (name === path.basename(file)) return undefined;
  const conversion = reason === undefined ? '' : `, a PNG of the picture: not all its programs read ${reason}`;
  return `finds these labels only if ${path.basename(file)} is put into images/ as ${name}${conversion}`;
}

/** The name with the stem of the label file, and an extension by which the picture is found. */
function nameOf(file: string, { kind }: ImageHeader, stem: string): string {
  const own = path.extname(file);
  const known = extensions[kind]!;
  return stem + (known.includes(own.toLowerCase()) ? own : known[0]!);
}

/** Names what keeps Ultralytics from reading a picture as it is displayed. */
function unreadable({ kind, orientation = 1, pages, depth }: ImageHeader): string | undefined {
  if (!(kind in extensions)) return kind.toUpperCase();
  if (kind !== 'jpeg' && orientation !== 1) return `the orientation of ${kind.toUpperCase()}`;
  if (pages > 1) return `${kind.toUpperCase()} of several frames`;
  return depth > 8 ? `${depth} bits a channel` : undefined;
}
