import type { RegionMap } from '../../mask/regions';
import type { Size, View } from '../view/transform';
import type { Lookup } from './lookup';

/** How one frame looks; everything that changes from frame to frame without new pixels. */
export interface Frame {
  readonly view: View;
  /** Share of the overlay's colour, 0 … 1. */
  readonly opacity: number;
  readonly outlines: boolean;
  /** Group under the pointer and group picked by the user; 0 for none. */
  readonly hovered: number;
  readonly selected: number;
  /** High-contrast themes: stronger lines. */
  readonly contrast: boolean;
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
  setLookup(lookup: Lookup): void;
  resize(size: Size): void;
  draw(frame: Frame): void;
  dispose(): void;
}
