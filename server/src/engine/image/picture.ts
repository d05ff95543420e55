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

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
