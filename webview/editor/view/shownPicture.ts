import * as l10n from '@vscode/l10n';
import { Emitter } from '../../common/emitter';
import { sizeWithin, type Size } from '../geometry/viewTransform';

/** A picture to show: its name, its own size, and a bitmap that may be smaller. */
export class Picture {
  private readonly probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });

  constructor(
    readonly name: string,
    readonly size: Size,
    readonly bitmap: ImageBitmap,
  ) {}

  /** The packed 24-bit colour at a picture pixel, as shown on the screen; null where the browser cannot read it. */
  colourAt(x: number, y: number): number | null {
    if (!this.probe) return null;
    const sx = Math.min(this.bitmap.width - 1, Math.floor((x * this.bitmap.width) / this.size.width));
    const sy = Math.min(this.bitmap.height - 1, Math.floor((y * this.bitmap.height) / this.size.height));
    this.probe.clearRect(0, 0, 1, 1);
    this.probe.drawImage(this.bitmap, sx, sy, 1, 1, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = this.probe.getImageData(0, 0, 1, 1).data;
    return (red << 16) | (green << 8) | blue;
  }
}

/**
 * Decodes a picture in its displayed orientation, at most `maximum` pixels long.
 * @throws DOMException where the bytes are no picture that this browser knows.
 */
export async function decodePicture(name: string, bytes: Uint8Array, mime: string, maximum: number): Promise<Picture> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime });
  const bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'premultiply', imageOrientation: 'from-image' });
  const size = { width: bitmap.width, height: bitmap.height };
  const within = sizeWithin(size, maximum);
  if (within.width === size.width) return new Picture(name, size, bitmap);
  const smaller = await createImageBitmap(bitmap, {
    resizeWidth: within.width,
    resizeHeight: within.height,
    resizeQuality: 'medium',
  });
  bitmap.close();
  return new Picture(name, size, smaller);
}

/** Bytes to decode, and the size that they must have, where it is known. */
export interface EncodedPicture extends Partial<Size> {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** Decodes pictures. If several are loaded at once, only the last one is emitted. */
export class PictureLoader {
  readonly loaded = new Emitter<Picture>();
  readonly failed = new Emitter<string>();
  /** The browser decodes a picture to another size than it must have, or not at all. */
  readonly differs = new Emitter<void>();
  private latest = 0;
  /** Whether the last picture was to be replaced by the server's own. */
  private asked = false;

  load(encoded: EncodedPicture, maximum: number): void {
    const turn = ++this.latest;
    void decodeAsExpected(encoded, maximum).then(picture => {
      if (turn !== this.latest) return;
      const asks = !picture && encoded.width !== undefined && !this.asked;
      this.asked = asks;
      if (picture) this.loaded.emit(picture);
      else if (asks) this.differs.emit();
      else
        this.failed.emit(
          l10n.t(
            '{0} cannot be shown: its bytes are not a picture that VS Code can decode. Open it in another program to check that it is intact.',
            encoded.name,
          ),
        );
    });
  }
}

/** Decodes a picture; none where that fails, or gives another size than it must have. */
async function decodeAsExpected(
  { name, bytes, mime, width, height }: EncodedPicture,
  maximum: number,
): Promise<Picture | undefined> {
  try {
    const picture = await decodePicture(name, bytes, mime, maximum);
    const { size } = picture;
    return size.width === (width ?? size.width) && size.height === (height ?? size.height) ? picture : undefined;
  } catch {
    return undefined;
  }
}
