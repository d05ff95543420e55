import * as l10n from '@vscode/l10n';
import { isHex } from '../../mask/colours/colour';
import { language } from './pageTexts';

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });

/** `1,234` */
export function formatWhole(count: number): string {
  return whole.format(count);
}

/** A number with a fixed number of fraction digits: `0.412` */
export function formatDecimal(value: number, digits: number): string {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number with three significant digits: `0.412`, `12.3` */
export function formatSignificant(value: number): string {
  return value.toLocaleString(language, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
}

/** `12 %`, `3.4 %` */
export function formatPercent(percent: number, digits = 0): string {
  return l10n.t('{0} %', formatDecimal(percent, digits));
}

/** `1,234 px` */
export function formatArea(pixels: number): string {
  return `${whole.format(pixels)} px`;
}

/** A share of the picture: `12 %`, `3.4 %`, `0.05 %`, `< 0.01 %`. `part` and `all` in pixels, `all` above 0. */
export function formatShare(part: number, all: number): string {
  const percent = (100 * part) / all;
  if (percent === 0) return formatPercent(0);
  if (percent < 0.01) return `< ${formatPercent(0.01, 2)}`;
  return formatPercent(percent, percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2);
}

/** `50 %`, `6.3 %`: device pixels a picture pixel. */
export function formatScale(scale: number): string {
  const percent = scale * 100;
  return formatPercent(percent, percent >= 10 ? 0 : 1);
}

/** Converts a packed 24-bit colour to `#rrggbb`. */
export function toHex(rgb: number): string {
  return `#${rgb.toString(16).padStart(6, '0')}`;
}

/** Converts `#rrggbb` to a packed 24-bit colour; anything else becomes grey. */
export function fromHex(colour: string): number {
  return isHex(colour) ? Number.parseInt(colour.slice(1), 16) : 0x808080;
}

const plurals = new Intl.PluralRules(language);

/** Makes a function that formats a count in the singular or plural form that the page's language has for it. */
function counter(singular: (number: string) => string, plural: (number: string) => string): (count: number) => string {
  return count => (plurals.select(count) === 'one' ? singular : plural)(formatWhole(count));
}

/** `1 region`, `2,000 regions` */
export const countRegions = counter(
  number => l10n.t('{0} region', number),
  number => l10n.t('{0} regions', number),
);
/** `1 connected region`, `37 connected regions` */
export const countConnectedRegions = counter(
  number => l10n.t('{0} connected region', number),
  number => l10n.t('{0} connected regions', number),
);
/** `1 label`, `37 labels` */
export const countLabels = counter(
  number => l10n.t('{0} label', number),
  number => l10n.t('{0} labels', number),
);
/** `1 image`, `37 images` */
export const countImages = counter(
  number => l10n.t('{0} image', number),
  number => l10n.t('{0} images', number),
);
/** `1 channel`, `3 channels` */
export const countChannels = counter(
  number => l10n.t('{0} channel', number),
  number => l10n.t('{0} channels', number),
);
