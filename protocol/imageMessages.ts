import * as z from 'zod';
import { imageViewSchema, type ImageView } from '../mask/document/imageView';
import type { EncodedRegions } from '../mask/files/codec';
import type { DrawnLabel } from '../mask/formats/drawLabels';
import { ServerRequest, uri, type MaybeInFile } from './request';

/** Messages between client and server about single images: headers, pictures, thumbnails, and foreign labels. */

/** The header of an image file. Sizes are in pixels, with the EXIF orientation applied. */
export interface ImageHeader {
  /** `png`, `jpeg`, … */
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Bits of one channel. */
  readonly depth: number;
  /** Number of pages or frames in the file, the first of which is used. */
  readonly pages: number;
  /** Size of the file in bytes. */
  readonly size: number;
  /** EXIF orientation, 1 … 8, where the file has one. */
  readonly orientation?: number;
}

/** A picture in its displayed orientation, as base64 of PNG bytes. */
export interface EncodedPicture {
  png: string;
  width: number;
  height: number;
  header: ImageHeader;
  /** The range, bands and page that it shows. */
  view: ImageView;
  /** The values of the file that are black and white, where these are not 8 bits of a colour. */
  range?: { low: number; high: number };
}

const imageParams = z.object({
  uri,
  /** Overrides the settings `image.…`. */
  view: imageViewSchema.optional(),
});

/** Reads an image file's header, without decoding the picture. */
export const HeaderRequest = new ServerRequest<typeof imageParams, ImageHeader>('labelless/header', imageParams);

/** Encodes a picture as PNG in its displayed orientation, for formats that a browser does not decode (TIFF). */
export const PictureRequest = new ServerRequest<typeof imageParams, MaybeInFile<EncodedPicture>>(
  'labelless/picture',
  imageParams,
);

/** A small picture of an image with its mask over it, as base64 of WebP bytes. */
export interface Thumbnail {
  webp: string;
}

const thumbnailParams = z.object({
  uri,
  /** The image's mask as a backup holds it, saved or not: see `toBackup`; null where there is none. */
  mask: z.string().nullable(),
});

/** Draws a small picture of an image with its mask, if it has one, over it. */
export const ThumbnailRequest = new ServerRequest<typeof thumbnailParams, Thumbnail>(
  'labelless/thumbnail',
  thumbnailParams,
);

/** The labels of an image in another program's file, as pixels: see `DrawnLabels`. */
export interface EncodedLabels {
  readonly regions: EncodedRegions;
  readonly labels: readonly DrawnLabel[];
  /** What was left out of the file or taken for something, and why: a clause for people each. */
  readonly leftOut: readonly string[];
}

const labelsParams = z.object({
  /** The image. */
  uri,
  /** The file of LabelMe or COCO. */
  file: uri,
});

/**
 * Reads an image's labels from a file of LabelMe or COCO. An error of that file is a clause for people, without the
 * file's name.
 */
export const ReadLabelsRequest = new ServerRequest<typeof labelsParams, MaybeInFile<EncodedLabels>>(
  'labelless/readLabels',
  labelsParams,
);
