import * as l10n from '@vscode/l10n';
import { language } from '../language';
import { formatWhole } from './format';

const plurals = new Intl.PluralRules(language);

/** The form that a language has for a number: its singular, else its plural. Languages without a singular have the plural alone. */
function form(count: number, one: string, other: string): string {
  return plurals.select(count) === 'one' ? one : other;
}

/** `1 region`, `2,000 regions` */
export function countRegions(count: number): string {
  const number = formatWhole(count);
  return form(count, l10n.t('{0} region', number), l10n.t('{0} regions', number));
}

/** `1 connected region`, `37 connected regions` */
export function countConnectedRegions(count: number): string {
  const number = formatWhole(count);
  return form(count, l10n.t('{0} connected region', number), l10n.t('{0} connected regions', number));
}

/** `1 label`, `37 labels` */
export function countLabels(count: number): string {
  const number = formatWhole(count);
  return form(count, l10n.t('{0} label', number), l10n.t('{0} labels', number));
}

/** `1 image`, `37 images` */
export function countImages(count: number): string {
  const number = formatWhole(count);
  return form(count, l10n.t('{0} image', number), l10n.t('{0} images', number));
}

/** `1 channel`, `3 channels` */
export function countChannels(count: number): string {
  const number = formatWhole(count);
  return form(count, l10n.t('{0} channel', number), l10n.t('{0} channels', number));
}
