import sharp from 'sharp';

/**
 * A decoded image as a person sees it: EXIF orientation applied, first frame of an animation, sRGB, composited over
 * white where it is transparent. Three bytes a pixel, row-major.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Encodes a picture as PNG, fast rather than small, for programs that do not decode its own format. */
export async function toPng({ width, height, rgb }: Picture): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

/** Scales a picture, whatever its proportions: by Lanczos' filter where it gets smaller, else by a cubic one. */
export async function resizePicture(picture: Picture, width: number, height: number): Promise<Picture> {
  if (width === picture.width && height === picture.height) return picture;
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const options = { raw, limitInputPixels: false } as const; // it is in memory already
  const rgb = await sharp(picture.rgb, options).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return { width, height, rgb };
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
