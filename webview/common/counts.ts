import * as l10n from '@vscode/l10n';
import { language } from './pageTexts';
import { formatWhole } from './numberFormat';

const plurals = new Intl.PluralRules(language);

/**
 * Tells a number in the form that the language has for it: its singular, else its plural. Languages without a singular
 * have the plural alone.
 */
function counter(one: (number: string) => string, other: (number: string) => string): (count: number) => string {
  return count => (plurals.select(count) === 'one' ? one : other)(formatWhole(count));
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
