import * as l10n from '@vscode/l10n';
import type { MaskStatus } from '../../mask/document/maskStatus';
import { icon } from '../common/dom';

/** The names of the statuses, as the list shows them. */
export const statusNames: Record<MaskStatus, string> = {
  none: l10n.t('No mask'),
  proposed: l10n.t('Proposed'),
  edited: l10n.t('Edited'),
  approved: l10n.t('Approved'),
  skipped: l10n.t('Skipped'),
};

/** The icon of each status: the shapes differ, so that colours are not needed to tell them apart. */
const icons: Record<MaskStatus, string> = {
  none: 'circle-large-outline',
  proposed: 'sparkle',
  edited: 'edit',
  approved: 'pass-filled',
  skipped: 'circle-slash',
};

/** The mark of a status. */
export function statusMark(status: MaskStatus): HTMLElement {
  const mark = icon(icons[status]);
  mark.classList.add('mark', status);
  return mark;
}
