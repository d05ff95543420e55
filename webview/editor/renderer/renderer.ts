import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Column } from '../geometry/columns';
import type { Rectangle, Size, View } from '../geometry/viewTransform';
import type { Lookup } from './lookup';
import type { Tones } from './tones';

/** The parameters of a frame that change without new pixels. */
export interface Frame {
  /** Where the picture lies on the screen; where there are columns, in each of them. */
  readonly view: View;
  /** Share of the overlay's colour, 0 … 1. */
  readonly opacity: number;
  readonly outlines: boolean;
  /** Group under the pointer; 0 for none. */
  readonly hovered: number;
  readonly showsLabels: boolean;
  /** Whether the picture is shown; without it the labels lie on black. */
  readonly showsPicture: boolean;
  /** Whether stronger lines are drawn, for high-contrast themes. */
  readonly highContrast: boolean;
  /** Where what the mask is compared with is drawn; null: nowhere. */
  readonly comparison: ComparisonLayout | null;
}

/**
 * Where what the mask is compared with is drawn: left of a device pixel of the screen, or in columns. The last column
 * is the mask's, the one before it the compared labels', the first of three the plain picture's.
 */
export type ComparisonLayout = { readonly split: number } | { readonly columns: readonly Column[] };

/** Labels to compare the mask with. Without a region map there are none, and the plain picture is shown. */
export interface Layer {
  readonly regions: RegionMap | null;
  readonly lookup: Lookup;
}

/** A vertical part of the screen, and what is drawn there. */
export interface Part {
  /** First device pixel. */
  readonly from: number;
  /** Device pixel after the last one. */
  readonly to: number;
  /** Whether the compared labels are drawn there, not the mask's. */
  readonly isCompared: boolean;
  readonly frame: Frame;
}

/**
 * The parts of a frame from left to right.
 * @param width device pixels of the screen
 * @param hasComparedLabels whether the mask is compared with labels, not with the plain picture
 */
export function partsOf(frame: Frame, width: number, hasComparedLabels: boolean): Part[] {
  const { comparison, view } = frame;
  if (!comparison) return [{ from: 0, to: width, isCompared: false, frame }];
  const compared = {
    ...frame,
    hovered: 0,
    showsLabels: frame.showsLabels && hasComparedLabels,
    showsPicture: frame.showsPicture || !hasComparedLabels,
  };
  if ('split' in comparison) {
    const middle = Math.min(width, Math.max(0, Math.round(comparison.split)));
    return [
      { from: 0, to: middle, isCompared: true, frame: compared },
      { from: middle, to: width, isCompared: false, frame },
    ].filter(({ from, to }) => to > from);
  }
  const plain = { ...compared, showsLabels: false, showsPicture: true };
  const frames = [plain, compared, frame].slice(-comparison.columns.length);
  return comparison.columns.map(({ left, width: columnWidth }, at) => ({
    from: left,
    to: left + columnWidth,
    isCompared: at === frames.length - 2,
    frame: { ...frames.at(at)!, view: { ...view, x: view.x + left } },
  }));
}

/** Draws the picture and its labels into a canvas of its own. Sizes are device pixels. */
export interface Renderer {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Longest side of a picture that this renderer can draw. */
  readonly maximumSize: number;
  /** Sets the picture. `bitmap` may be smaller than the picture, whose own size is `size`. */
  setPicture(bitmap: ImageBitmap, size: Size): void;
  /** Sets the region map; null removes the overlay. */
  setRegions(regions: RegionMap | null): void;
  /** Draws a part of the map again whose pixels have changed. */
  changePixels(area: Rectangle): void;
  setLookup(lookup: Lookup): void;
  /** Sets what the mask is compared with; null ends the comparison. */
  setComparison(layer: Layer | null): void;
  /** Sets how the picture is displayed; null: as it is. */
  setTones(tones: Tones | null): void;
  resize(size: Size): void;
  draw(frame: Frame): void;
}
