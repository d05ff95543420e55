/**
 * A decoded image as a person sees it: EXIF orientation applied, first frame of an animation, sRGB, composited over
 * white where it is transparent. Three bytes a pixel, row-major.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}
