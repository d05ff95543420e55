import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle, Size } from '../geometry/viewTransform';
import { regionsOnScreen } from '../regions/screenRegions';
import { groupBits, marksIn, selectedBit, type Lookup } from './lookup';
import type { Frame } from './renderer';

const white = 0xffffff;

/**
 * Computes the overlay over one rectangle of the screen as RGBA bytes that are not premultiplied. It does the work of
 * the fragment shader on the processor. The rectangle lies within the picture.
 */
export function shadeOverlay(
  area: Rectangle,
  picture: Size,
  regions: RegionMap,
  lookup: Lookup,
  frame: Frame,
): Uint8ClampedArray<ArrayBuffer> {
  const ids = regionsOnScreen(area, picture, regions, frame.view);
  const pixels = new Uint8ClampedArray(4 * ids.length);
  const { width, height } = area;
  const groupAt = (x: number, y: number): number =>
    lookup[2 * ids[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]! + 1]!;
  const edges = edgesWithin(area, picture, frame);
  const groupOrEdge = (x: number, y: number): number =>
    x < edges.left || y < edges.top || x > edges.right || y > edges.bottom ? 0 : groupAt(x, y);
  /**
   * Whether a border between pixels with and without a pattern in some bits of the group and marks passes through a
   * pixel.
   */
  const borders = (bits: number, pattern: number, own: number, x: number, y: number, wide: number): boolean => {
    const has = (entry: number): boolean => (entry & bits) >>> 0 === pattern;
    const inside = has(own);
    return (
      has(groupOrEdge(x + wide, y)) !== inside ||
      has(groupOrEdge(x - wide, y)) !== inside ||
      has(groupOrEdge(x, y + wide)) !== inside ||
      has(groupOrEdge(x, y - wide)) !== inside
    );
  };
  const anySelected = marksIn(lookup) !== 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const entry = lookup[2 * ids[at]! + 1]!;
      const own = entry & groupBits;
      let colour = lookup[2 * ids[at]!]!;
      let strength = own === 0 ? 0 : own === frame.hovered ? Math.min(1, frame.opacity + 0.2) : frame.opacity;
      if (frame.outlines) {
        const right = groupAt(x + 1, y) & groupBits;
        if (own !== right || own !== (groupAt(x, y + 1) & groupBits)) {
          const from = own !== 0 ? at : right !== 0 ? at + 1 : at + width;
          colour = frame.highContrast ? white : lighten(lookup[2 * ids[from]!]!);
          strength = 1;
        }
      }
      if (frame.hovered !== 0 && borders(groupBits, frame.hovered, entry, x, y, 1)) {
        colour = white;
        strength = 1;
      }
      if (anySelected) {
        const selected = (entry & selectedBit) !== 0;
        if (borders(selectedBit, selectedBit, entry, x, y, selected ? 2 : 1)) {
          colour = selected ? white : 0;
          strength = 1;
        }
      }
      pixels[4 * at] = colour >> 16;
      pixels[4 * at + 1] = (colour >> 8) & 255;
      pixels[4 * at + 2] = colour & 255;
      pixels[4 * at + 3] = 255 * strength;
    }
  }
  return pixels;
}

/**
 * The picture's outermost pixels in the rectangle's own coordinates; far away where the rectangle ends before the
 * picture does.
 */
function edgesWithin(
  area: Rectangle,
  picture: Size,
  { view }: Frame,
): { left: number; top: number; right: number; bottom: number } {
  const left = Math.round(view.x) - area.x;
  const top = Math.round(view.y) - area.y;
  return {
    left,
    top,
    right: Math.ceil(left + picture.width * view.scale) - 1,
    bottom: Math.ceil(top + picture.height * view.scale) - 1,
  };
}

function lighten(rgb: number): number {
  const lighter = (shift: number): number => Math.round(((rgb >> shift) & 255) * 0.6 + 255 * 0.4) << shift;
  return lighter(16) | lighter(8) | lighter(0);
}
