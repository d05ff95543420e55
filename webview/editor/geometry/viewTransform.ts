/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of pixels, of a map or of the screen, by its top left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * Where a picture lies on the screen. All screen lengths are device pixels, so a scale of 1 shows one picture pixel on
 * one pixel of the screen whatever the display's density.
 */
export interface View {
  /** Device pixels a picture pixel. */
  readonly scale: number;
  /** Screen position of the picture's top left corner. */
  readonly x: number;
  readonly y: number;
}

/** Device pixels a picture pixel at the largest zoom. */
export const maximumScale = 64;
/** Device pixels of the picture that always stay visible, so that panning cannot lose it. */
const visibleMargin = 48;

/** The largest view that shows the whole picture with `margin` device pixels around it. */
export function fit(picture: Size, viewport: Size, margin = 16): View {
  const room = { width: Math.max(1, viewport.width - 2 * margin), height: Math.max(1, viewport.height - 2 * margin) };
  const scale = Math.min(maximumScale, room.width / picture.width, room.height / picture.height);
  return centre(picture, viewport, scale);
}

/** A view at `scale` with the picture's middle in the viewport's middle. */
export function centre(picture: Size, viewport: Size, scale: number): View {
  return { scale, x: (viewport.width - picture.width * scale) / 2, y: (viewport.height - picture.height * scale) / 2 };
}

/** Zooms by `factor`, leaving the picture's point under the screen position (`x`, `y`) where it is. */
export function zoomAt(view: View, factor: number, x: number, y: number, minimumScale: number): View {
  const scale = Math.min(maximumScale, Math.max(minimumScale, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

/** The smallest scale to zoom out to: half of what fits, but at least a picture 16 device pixels long. */
export function smallestScale(picture: Size, viewport: Size): number {
  const longest = Math.max(picture.width, picture.height);
  return Math.min(1, Math.max(16 / longest, fit(picture, viewport).scale / 2));
}

/** Moves the view by device pixels. */
export function pan(view: View, dx: number, dy: number): View {
  return { scale: view.scale, x: view.x + dx, y: view.y + dy };
}

/** The nearest view with a part of the picture in the viewport. */
export function keepVisible(view: View, picture: Size, viewport: Size): View {
  const along = (position: number, length: number, room: number): number => {
    const kept = Math.min(visibleMargin, length, room);
    return Math.min(room - kept, Math.max(kept - length, position));
  };
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, viewport.width),
    y: along(view.y, picture.height * view.scale, viewport.height),
  };
}

/** The picture's position, in picture pixels with fractions, at a screen position. */
export function toPicture(view: View, x: number, y: number): { x: number; y: number } {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}

/** A view that stays valid when the window is resized: the scale, and the picture pixel in the viewport's middle. */
export interface Anchor {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The anchor of a view. */
export function toAnchor(view: View, viewport: Size): Anchor {
  return { scale: view.scale, ...toPicture(view, viewport.width / 2, viewport.height / 2) };
}

/** The view of an anchor in a viewport. */
export function fromAnchor(anchor: Anchor, viewport: Size): View {
  return {
    scale: anchor.scale,
    x: viewport.width / 2 - anchor.x * anchor.scale,
    y: viewport.height / 2 - anchor.y * anchor.scale,
  };
}

/** Scales a size down, keeping its shape, so that its longer side is at most `maximum`. */
export function sizeWithin(size: Size, maximum: number): Size {
  const factor = Math.min(1, maximum / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * factor)), height: Math.max(1, Math.round(size.height * factor)) };
}
