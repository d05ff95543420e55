import type { Rectangle } from '../geometry/viewTransform';
import { applyTones, type Tones } from './tones';

/** The part of a picture that is on the screen, in the colours of its display. It is drawn again when one changes. */
export class TonedPicture {
  private readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d', { willReadFrequently: true })!;
  private last: readonly unknown[] = [];

  /**
   * @param drawn where the whole picture lies on the screen
   * @param visible the part that is drawn
   */
  draw(bitmap: ImageBitmap, drawn: Rectangle, visible: Rectangle, tones: Tones, smooth: boolean): HTMLCanvasElement {
    const { canvas, context } = this;
    const sides = [drawn, visible].flatMap(rectangle => Object.values<number>({ ...rectangle }));
    const inputs = [bitmap, tones, smooth, ...sides];
    if (inputs.every((input, index) => input === this.last[index])) return canvas;
    this.last = inputs;
    canvas.width = visible.width;
    canvas.height = visible.height;
    context.imageSmoothingEnabled = smooth;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, drawn.x - visible.x, drawn.y - visible.y, drawn.width, drawn.height);
    const pixels = context.getImageData(0, 0, visible.width, visible.height);
    applyTones(pixels.data, visible, drawn, tones);
    context.putImageData(pixels, 0, 0);
    return canvas;
  }
}
