import * as l10n from '@vscode/l10n';

/** What the figure on a card means. */
export const uncertaintyHelp = l10n.t(
  'How much the mask would change with its granularity, on average over the slider. Of a high one more is wrong, as a rule: look at it first. What was made by hand counts as certain.',
);
/** Why there is none. */
export const unknownHelp = l10n.t(
  'Masks of an adapted network, of shared labels, imported, or made by hand alone have no granularity to tell it by. They come behind the others.',
);
