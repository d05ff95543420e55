import type { PictureDisplay } from '../../../protocol/pictureDisplay';
import { sizeWithin } from '../geometry/viewTransform';
import { localContrast, type GreyImage, type LocalContrast } from '../renderer/localContrast';
import { channelValue, tonesOf, type Tones } from '../renderer/tones';
import type { Picture } from './shownPicture';

/** The longest side in pixels of the copy from which local contrast is computed. */
const copySide = 1024;
/** The limit of local contrast at its strongest. */
const strongest = 8;

/** Makes the tones of a picture's display. What takes long is kept while it stays the same. */
export class PictureTones {
  private copy: ImageData | null = null;
  private local: { readonly channel: number; readonly strength: number; readonly curves: LocalContrast } | null = null;

  constructor(private readonly picture: Picture) {}

  /** The tones of a display; null where the picture is displayed as it is. */
  of(display: PictureDisplay): Tones | null {
    const tones = tonesOf(display, null);
    return tones && display.local > 0 ? { ...tones, local: this.localOf(tones.channel, display.local) } : tones;
  }

  private localOf(channel: number, strength: number): LocalContrast {
    if (this.local?.channel !== channel || this.local.strength !== strength) {
      const limit = 1 + ((strongest - 1) * strength) / 100;
      this.local = { channel, strength, curves: localContrast(this.greyCopy(channel), limit) };
    }
    return this.local.curves;
  }

  private greyCopy(channel: number): GreyImage {
    const { width, height, data } = (this.copy ??= smallCopy(this.picture.bitmap));
    const values = new Uint8Array(width * height);
    for (let p = 0; p < values.length; p++) values[p] = channelValue(data, 4 * p, channel);
    return { width, height, values };
  }
}

/** Pixels of a bitmap at regular distances: means of several would have another histogram. */
function smallCopy(bitmap: ImageBitmap): ImageData {
  const { width, height } = sizeWithin(bitmap, copySide);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
