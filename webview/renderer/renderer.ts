import type { RegionMap } from '../../mask/regions';
import type { Size, View } from '../view/transform';
import type { Lookup } from './lookup';

/** How one frame looks; everything that changes from frame to frame without new pixels. */
export interface Frame {
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
}

/** A rectangle of a map, in its pixels. */
export interface PixelArea extends Size { readonly x: number; readonly y: number }

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
  resize(size: Size): void;
  draw(frame: Frame): void;
  dispose(): void;
}
