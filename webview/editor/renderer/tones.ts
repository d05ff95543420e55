import { displayChannels, isNeutral, type PictureDisplay } from '../../../protocol/pictureDisplay';
import type { Rectangle } from '../geometry/viewTransform';
import { localValue, type LocalContrast } from './localContrast';

/** How a picture's colours become those on the screen: local contrast first, then a curve. */
export interface Tones {
  /** Index into `displayChannels`. */
  readonly channel: number;
  readonly local: LocalContrast | null;
  /** By value, 0 … 255: that on the screen. */
  readonly curve: Uint8Array;
}

/**
 * The shares of red, green and blue in luminance (ITU-R BT.709), of 65,536: whole numbers round alike in the shader,
 * and local contrast would enlarge a difference.
 */
export const luminanceShares = [13_933, 46_871, 4732] as const;

/** The index of `colours` in `displayChannels`. */
export const allChannels = displayChannels.indexOf('colours');

/** The tones of a display; null where the picture is displayed as it is. */
export function tonesOf(display: PictureDisplay, local: LocalContrast | null): Tones | null {
  if (isNeutral(display)) return null;
  return { channel: displayChannels.indexOf(display.channel), local, curve: toneCurve(display) };
}

/** Gamma first, then contrast about the middle, then brightness. */
export function toneCurve({ gamma, contrast, brightness }: PictureDisplay): Uint8Array {
  // The tangent makes a step of the slider as visible above 0 as below it; short of a vertical curve.
  const slope = Math.tan(((Math.min(contrast, 99) / 100 + 1) * Math.PI) / 4);
  return Uint8Array.from({ length: 256 }, (_, value) => {
    const shown = ((value / 255) ** (1 / gamma) - 0.5) * slope + 0.5 + brightness / 100;
    return Math.round(255 * Math.min(1, Math.max(0, shown)));
  });
}

/** The value of a channel at a pixel of RGB or RGBA bytes, 0 … 255; of all channels, their luminance. */
export function channelValue(pixels: ArrayLike<number>, at: number, channel: number): number {
  const single = channel - displayChannels.indexOf('red');
  if (single >= 0 && single < 3) return pixels[at + single]!;
  const [red, green, blue] = luminanceShares;
  return (pixels[at]! * red + pixels[at + 1]! * green + pixels[at + 2]! * blue + 32_768) >> 16;
}

/**
 * Changes the colours of RGBA bytes that are not premultiplied, as the fragment shader does.
 * @param area the rectangle of the screen that they fill
 * @param drawn where the whole picture lies on the screen
 */
export function applyTones(pixels: Uint8ClampedArray, area: Rectangle, drawn: Rectangle, tones: Tones): void {
  const { channel, local, curve } = tones;
  const level = (value: number) => curve[Math.min(255, Math.max(0, Math.round(value)))]!;
  for (let y = 0, at = 0; y < area.height; y++) {
    const down = (area.y + y + 0.5 - drawn.y) / drawn.height;
    for (let x = 0; x < area.width; x++, at += 4) {
      if (pixels[at + 3] === 0) continue;
      if (channel === allChannels && !local) {
        for (let c = at; c < at + 3; c++) pixels[c] = curve[pixels[c]!]!;
        continue;
      }
      const value = channelValue(pixels, at, channel);
      const across = (area.x + x + 0.5 - drawn.x) / drawn.width;
      const shown = local ? localValue(local, value, across, down) : value;
      if (channel === allChannels) for (let c = at; c < at + 3; c++) pixels[c] = level(pixels[c]! + shown - value);
      else pixels[at] = pixels[at + 1] = pixels[at + 2] = level(shown);
    }
  }
}
