import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle, Size } from '../geometry/viewTransform';
import type { Lookup } from './lookup';
import { partsOf, type Frame, type Layer, type Renderer } from './renderer';
import { shadeOverlay } from './shade';
import { TonedPicture } from './tonedPicture';
import type { Tones } from './tones';

/**
 * Draws without a graphics card. The overlay is computed only for the pixels of the screen, so its cost does not grow
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
  private compared: Layer | null = null;
  private readonly toned = new TonedPicture();
  private tones: Tones | null = null;

  /** @throws Error where the window has no 2D canvas. */
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
    // every frame reads the map again
  }
  setLookup(lookup: Lookup): void {
    this.lookup = lookup;
  }
  setComparison(layer: Layer | null): void {
    this.compared = layer;
  }

  setTones(tones: Tones | null): void {
    this.tones = tones;
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
    for (const part of partsOf(frame, canvas.width, Boolean(this.compared?.regions))) {
      const { scale, x, y } = part.frame.view;
      const drawn = {
        x: Math.round(x),
        y: Math.round(y),
        width: picture.size.width * scale,
        height: picture.size.height * scale,
      };
      const visible = overlap(drawn, { x: part.from, y: 0, width: part.to - part.from, height: canvas.height });
      if (!visible) continue;
      this.drawChecker(visible);
      this.drawPicture(drawn, visible, part.frame.showsPicture);
      const layer: Layer =
        part.isCompared && this.compared ? this.compared : { regions: this.regions, lookup: this.lookup };
      if (layer.regions && part.frame.showsLabels)
        this.drawOverlay(visible, { size: picture.size, regions: layer.regions, lookup: layer.lookup }, part.frame);
    }
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

  private drawPicture(drawn: Rectangle, visible: Rectangle, showsPicture: boolean): void {
    const { context, picture } = this;
    if (!showsPicture || !picture) {
      context.fillStyle = '#000000';
      context.fillRect(visible.x, visible.y, visible.width, visible.height);
      return;
    }
    if (this.tones) {
      const toned = this.toned.draw(picture.bitmap, drawn, visible, this.tones, context.imageSmoothingEnabled);
      context.drawImage(toned, visible.x, visible.y);
      return;
    }
    context.save();
    context.beginPath();
    context.rect(visible.x, visible.y, visible.width, visible.height);
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

/** The intersection of two rectangles; null where they do not overlap. */
function overlap(picture: Rectangle, screen: Rectangle): Rectangle | null {
  const x = Math.max(screen.x, picture.x);
  const y = Math.max(screen.y, picture.y);
  const width = Math.min(screen.x + screen.width, Math.ceil(picture.x + picture.width)) - x;
  const height = Math.min(screen.y + screen.height, Math.ceil(picture.y + picture.height)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
