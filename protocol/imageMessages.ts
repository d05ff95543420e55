import * as z from 'zod';
import { ServerRequest, uri, type MaybeInFile } from './request';

/** Messages between client and server about single images: headers, pictures and thumbnails. */

/** What the header of an image file says; sizes in pixels, EXIF orientation applied. */
export interface ImageHeader {
  /** `png`, `jpeg`, … */
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits of one channel. */
  readonly depth: number;
  /** Pages or frames in the file, of which the first is used. */
  readonly pages: number;
  /** Bytes of the file. */
  readonly size: number;
  /** EXIF orientation, 1 … 8, where the file has one. */
  readonly orientation?: number;
}

/** A picture as base64 of PNG bytes, in its displayed orientation. */
export interface EncodedPicture {
  png: string;
  width: number;
  height: number;
}

const imageParams = z.object({ uri });

/** Reads an image file's header, without decoding the picture. */
export const HeaderRequest = new ServerRequest<typeof imageParams, ImageHeader>('labelless/header', imageParams);

/** Encodes a picture as PNG in its displayed orientation, for formats that a browser does not decode (TIFF). */
export const PictureRequest = new ServerRequest<typeof imageParams, MaybeInFile<EncodedPicture>>(
  'labelless/picture',
  imageParams,
);

/** An image drawn small, its mask over it: base64 of WebP bytes. */
export interface Thumbnail {
  webp: string;
}

const thumbnailParams = z.object({
  uri,
  /** The image's mask as a backup holds it, saved or not: see `toBackup`. */
  mask: z.string(),
});

/** Draws an image small, its mask over it. */
export const ThumbnailRequest = new ServerRequest<typeof thumbnailParams, Thumbnail>(
  'labelless/thumbnail',
  thumbnailParams,
);
