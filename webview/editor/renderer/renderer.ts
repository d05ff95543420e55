import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Column } from '../geometry/columns';
import type { Size, View } from '../geometry/viewTransform';
import type { Lookup } from './lookup';

/** How one frame looks; everything that changes from frame to frame without new pixels. */
export interface Frame {
  /** Where the picture lies on the screen; where there are columns, in each of them. */
  readonly view: View;
  /** Share of the overlay's colour, 0 … 1. */
  readonly opacity: number;
  readonly outlines: boolean;
  /** Group under the pointer; 0 for none. */
  readonly hovered: number;
  /** Whether labels are drawn. */
  readonly masked: boolean;
  /** Whether the picture is; without it labels lie on black. */
  readonly pictured: boolean;
  /** High-contrast themes: stronger lines. */
  readonly contrast: boolean;
  /** Where what the mask is compared with is drawn; null: nowhere. */
  readonly beside: Beside | null;
}

/**
 * Left of a device pixel of the screen, or in columns: the mask's is the last, before it what it is compared with, the
 * first of three the picture.
 */
export type Beside = { readonly split: number } | { readonly columns: readonly Column[] };

/** Other labels of the same picture. Without a map they are none: the picture alone. */
export interface Layer {
  readonly regions: RegionMap | null;
  readonly lookup: Lookup;
}

/** A part of the screen from one column to another, in device pixels, and what is drawn there. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly other: boolean;
  readonly frame: Frame;
}

/**
 * The parts of a frame from left to right: one, or some beside each other.
 * @param labelled whether the other side has labels
 */
export function partsOf(frame: Frame, width: number, labelled: boolean): Part[] {
  const { beside, view } = frame;
  if (!beside) return [{ from: 0, to: width, other: false, frame }];
  const other = { ...frame, hovered: 0, masked: frame.masked && labelled, pictured: frame.pictured || !labelled };
  if ('split' in beside) {
    const middle = Math.min(width, Math.max(0, Math.round(beside.split)));
    return [
      { from: 0, to: middle, other: true, frame: other },
      { from: middle, to: width, other: false, frame },
    ].filter(({ from, to }) => to > from);
  }
  const looks = [{ ...other, masked: false, pictured: true }, other, frame].slice(-beside.columns.length);
  return beside.columns.map(({ left, width: wide }, at) => ({
    from: left,
    to: left + wide,
    other: at === looks.length - 2,
    frame: { ...looks[at], view: { ...view, x: view.x + left } },
  }));
}

/** A rectangle of a map, in its pixels. */
export interface PixelArea extends Size {
  readonly x: number;
  readonly y: number;
}

/** Draws picture and overlay into a canvas of its own. Sizes are device pixels. */
export interface Renderer {
  readonly kind: 'webgl' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Longest side of a picture that this renderer takes. */
  readonly maximumSize: number;
  /** `bitmap` may be smaller than the picture, whose own size is `size`. */
  setPicture(bitmap: ImageBitmap, size: Size): void;
  /** Null takes the overlay away. */
  setRegions(regions: RegionMap | null): void;
  /** Pixels of the map that was set have other regions now. */
  changePixels(area: PixelArea): void;
  setLookup(lookup: Lookup): void;
  /** What the picture is compared with; null ends that. */
  setOther(layer: Layer | null): void;
  resize(size: Size): void;
  draw(frame: Frame): void;
  dispose(): void;
}
