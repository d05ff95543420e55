import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Size } from '../geometry/viewTransform';
import type { Lookup } from './lookup';
import { partsOf, type Frame, type Layer, type Renderer } from './renderer';
import { shadeOverlay, type Rectangle } from './shade';

/**
 * Draws without a graphics card: the overlay is worked out for the screen's pixels alone, so its cost does not grow
 * with the picture.
 */
export class CanvasRenderer implements Renderer {
  readonly kind = 'canvas';
  readonly canvas = document.createElement('canvas');
  readonly maximumSize = 16384;
  private readonly context: CanvasRenderingContext2D;
  private readonly overlay = document.createElement('canvas');
  private readonly overlayContext: CanvasRenderingContext2D;
  private picture: { bitmap: ImageBitmap; size: Size } | null = null;
  private regions: RegionMap | null = null;
  private lookup: Lookup = new Uint32Array(2);
  private other: Layer | null = null;

  /** @throws Error where not even this is available. */
  constructor() {
    const context = this.canvas.getContext('2d');
    const overlay = this.overlay.getContext('2d');
    if (!context || !overlay) throw new Error('This window cannot draw pictures');
    this.context = context;
    this.overlayContext = overlay;
  }

  setPicture(bitmap: ImageBitmap, size: Size): void {
    this.picture = { bitmap, size };
  }
  setRegions(regions: RegionMap | null): void {
    this.regions = regions;
  }
  changePixels(): void {
    /* every frame reads the map anew */
  }
  setLookup(lookup: Lookup): void {
    this.lookup = lookup;
  }
  setOther(layer: Layer | null): void {
    this.other = layer;
  }

  resize(size: Size): void {
    this.canvas.width = size.width;
    this.canvas.height = size.height;
  }

  draw(frame: Frame): void {
    const { context, canvas, picture } = this;
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!picture) return;
    context.imageSmoothingEnabled = frame.view.scale < 4;
    context.imageSmoothingQuality = 'medium';
    for (const { from, to, other, frame: look } of partsOf(frame, canvas.width, Boolean(this.other?.regions))) {
      const { scale, x, y } = look.view;
      const drawn = {
        x: Math.round(x),
        y: Math.round(y),
        width: picture.size.width * scale,
        height: picture.size.height * scale,
      };
      const part = visiblePart(drawn, { x: from, y: 0, width: to - from, height: canvas.height });
      if (!part) continue;
      this.drawChecker(part);
      this.drawPicture(drawn, part, look.pictured);
      const { regions, lookup } = other && this.other ? this.other : { regions: this.regions, lookup: this.lookup };
      if (regions && look.masked) this.drawOverlay(part, { size: picture.size, regions, lookup }, look);
    }
  }

  dispose(): void {
    this.canvas.remove();
  }

  private drawChecker(area: Rectangle): void {
    const side = 8 * devicePixelRatio;
    this.context.fillStyle = '#737373';
    this.context.fillRect(area.x, area.y, area.width, area.height);
    this.context.fillStyle = '#8c8c8c';
    for (let y = 0; y * side < area.height; y++) {
      for (let x = y % 2; x * side < area.width; x += 2) {
        const left = area.x + x * side;
        const top = area.y + y * side;
        this.context.fillRect(
          left,
          top,
          Math.min(side, area.x + area.width - left),
          Math.min(side, area.y + area.height - top),
        );
      }
    }
  }

  private drawPicture(drawn: Rectangle, part: Rectangle, pictured: boolean): void {
    const { context, picture } = this;
    if (!pictured || !picture) {
      context.fillStyle = '#000000';
      context.fillRect(part.x, part.y, part.width, part.height);
      return;
    }
    context.save();
    context.beginPath();
    context.rect(part.x, part.y, part.width, part.height);
    context.clip();
    context.drawImage(picture.bitmap, drawn.x, drawn.y, drawn.width, drawn.height);
    context.restore();
  }

  private drawOverlay(
    area: Rectangle,
    { size, regions, lookup }: { size: Size; regions: RegionMap; lookup: Lookup },
    frame: Frame,
  ): void {
    if (this.overlay.width !== area.width || this.overlay.height !== area.height) {
      this.overlay.width = area.width;
      this.overlay.height = area.height;
    }
    const pixels = shadeOverlay(area, size, regions, lookup, frame);
    this.overlayContext.putImageData(new ImageData(pixels, area.width, area.height), 0, 0);
    this.context.drawImage(this.overlay, area.x, area.y);
  }
}

function visiblePart(picture: Rectangle, screen: Rectangle): Rectangle | null {
  const x = Math.max(screen.x, picture.x);
  const y = Math.max(screen.y, picture.y);
  const width = Math.min(screen.x + screen.width, Math.ceil(picture.x + picture.width)) - x;
  const height = Math.min(screen.y + screen.height, Math.ceil(picture.y + picture.height)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
