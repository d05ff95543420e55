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
  /** Device pixels from the left up to which the other labels are drawn that the picture is compared with; null: none are. */
  readonly split: number | null;
}

/** Other labels of the same picture. Without a map they are none: the picture alone. */
export interface Layer { readonly regions: RegionMap | null; readonly lookup: Lookup }

/** A part of the screen from one column to another, in device pixels, and what is drawn there. */
export interface Part { readonly from: number; readonly to: number; readonly other: boolean; readonly frame: Frame }

/** The parts of a frame: one, or two beside each other. @param labelled whether the other side has labels */
export function partsOf(frame: Frame, width: number, labelled: boolean): Part[] {
  if (frame.split === null) return [{ from: 0, to: width, other: false, frame }];
  const middle = Math.min(width, Math.max(0, Math.round(frame.split)));
  const left = { ...frame, hovered: 0, masked: frame.masked && labelled, pictured: frame.pictured || !labelled };
  return [{ from: 0, to: middle, other: true, frame: left }, { from: middle, to: width, other: false, frame }].filter(({ from, to }) => to > from);
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
  /** What the picture is compared with; null ends that. */
  setOther(layer: Layer | null): void;
  resize(size: Size): void;
  draw(frame: Frame): void;
  dispose(): void;
}
