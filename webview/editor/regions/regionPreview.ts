import type { Box } from '../../../mask/objects/nodeTree';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle, Size, View } from '../geometry/viewTransform';
import { regionsOnScreen } from './screenRegions';

/** Regions of the map that an action would change, as they are shown over the picture. */
export interface RegionPreview {
  /** By region: 1 where it is shown. */
  readonly inside: Uint8Array;
  /** A box around the shown regions, in pixels of the map. */
  readonly box: Box;
  /** The packed 24-bit colour that the action gives them; null where it gives them back, which is drawn striped. */
  readonly colour: number | null;
}

/** Device pixels around a preview that its outer line needs. */
const margin = 1;
/** Opacity of the colour, of the stripes, and of the dark line around, 0 … 255. */
const fillAlpha = 128;
const stripeAlpha = 96;
const darkAlpha = 190;

/**
 * The part of the screen that a preview is drawn on, in device pixels; null where it is out of sight.
 * @param within the part of the screen that shows the picture's mask
 */
export function previewArea(
  { box }: RegionPreview,
  picture: Size,
  map: Size,
  view: View,
  within: Rectangle,
): Rectangle | null {
  const along = (from: number, to: number, corner: number, extent: number, size: number, low: number, high: number) => {
    const start = Math.round(corner);
    const first = Math.max(start, low, Math.floor(start + (from * extent) / size) - margin);
    const end = Math.min(Math.ceil(start + extent), high, Math.ceil(start + (to * extent) / size) + margin);
    return [first, end - first] as const;
  };
  const { scale } = view;
  const right = within.x + within.width;
  const bottom = within.y + within.height;
  const [x, width] = along(box.left, box.right, view.x, picture.width * scale, map.width, within.x, right);
  const [y, height] = along(box.top, box.bottom, view.y, picture.height * scale, map.height, within.y, bottom);
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/**
 * Draws a preview over a part of the screen as RGBA bytes that are not premultiplied: its colour, a white line within
 * its border, and a dark one around it, so that it is visible on any colour.
 * @param lineWidth of the white line, in device pixels
 */
export function shadePreview(
  { inside, colour }: RegionPreview,
  area: Rectangle,
  picture: Size,
  regions: RegionMap,
  view: View,
  lineWidth: number,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height } = area;
  const ids = regionsOnScreen(area, picture, regions, view);
  // With an edge, so that neighbours need no checks: what lies beside the picture is outside of the preview.
  const stride = width + 2 * lineWidth;
  const covered = new Uint8Array(stride * (height + 2 * lineWidth));
  for (let y = 0, p = 0; y < height; y++)
    for (let x = 0, at = (y + lineWidth) * stride + lineWidth; x < width; x++, p++, at++)
      covered[at] = inside[ids[p]] ?? 0;
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0, at = (y + lineWidth) * stride + lineWidth; x < width; x++, at++, p += 4) {
      const own = covered[at];
      if (own === 0) {
        if (covered[at - 1] + covered[at + 1] + covered[at - stride] + covered[at + stride] > 0)
          pixels[p + 3] = darkAlpha;
        continue;
      }
      const far = lineWidth * stride;
      const isBorder = covered[at - lineWidth] + covered[at + lineWidth] + covered[at - far] + covered[at + far] < 4;
      if (isBorder) pixels.fill(255, p, p + 4);
      else if (colour === null) {
        pixels.fill(((area.x + x + area.y + y) & 7) < 4 ? 255 : 0, p, p + 3);
        pixels[p + 3] = stripeAlpha;
      } else {
        pixels[p] = colour >> 16;
        pixels[p + 1] = (colour >> 8) & 255;
        pixels[p + 2] = colour & 255;
        pixels[p + 3] = fillAlpha;
      }
    }
  }
  return pixels;
}
