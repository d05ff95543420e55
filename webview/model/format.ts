import { isHex } from '../../mask/colour';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** `1,234 px` */
export function formatArea(pixels: number): string {
  return `${whole.format(pixels)} px`;
}

/** A share of the picture: `12 %`, `3.4 %`, `0.05 %`, `< 0.01 %`. `part` and `all` in pixels, `all` above 0. */
export function formatShare(part: number, all: number): string {
  const percent = (100 * part) / all;
  if (percent === 0) return '0 %';
  if (percent < 0.01) return '< 0.01 %';
  return `${percent.toFixed(percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2)} %`;
}

/** `50 %`, `6.3 %`: device pixels a picture pixel. */
export function formatScale(scale: number): string {
  const percent = scale * 100;
  return `${percent >= 10 ? whole.format(percent) : percent.toFixed(1)} %`;
}

/** `1 region`, `37 regions` */
export function formatCount(count: number, noun: string): string {
  return `${whole.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `#rrggbb` of a packed 24-bit colour. */
export function toHex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

/** A packed 24-bit colour of `#rrggbb`; grey for anything else. */
export function fromHex(colour: string): number {
  return isHex(colour) ? Number.parseInt(colour.slice(1), 16) : 0x808080;
}
