import * as l10n from '@vscode/l10n';
import { countByStatus } from '../../mask/session/imageList';
import { element } from '../common/dom';
import { countImages, formatWhole } from '../common/numberFormat';
import type { ShownList } from './shownList';

/** How many of a list's images are approved, and how many of them are listed. */
export class ListProgress {
  private readonly text = element('span', { class: 'progress-text' });
  private readonly bar = element('span', { class: 'bar' });
  private readonly progress = element(
    'div',
    { class: 'progress', role: 'progressbar', 'aria-label': l10n.t('Approved') },
    this.bar,
  );
  readonly elements = [this.text, this.progress];
  /** Says how many images are listed where not all are. */
  readonly note = element('p', { class: 'note', role: 'status' });

  /** @returns how many images have each status */
  count({ images }: ShownList): ReturnType<typeof countByStatus> {
    const counts = countByStatus(images);
    const [approved, all] = [counts.approved, images.length];
    this.text.textContent = l10n.t('{0} of {1} approved', formatWhole(approved), formatWhole(all));
    this.progress.setAttribute('aria-valuemax', String(Math.max(1, all)));
    this.progress.setAttribute('aria-valuenow', String(approved));
    this.progress.setAttribute('aria-valuetext', this.text.textContent);
    this.bar.style.width = `${(100 * approved) / Math.max(1, all)}%`;
    return counts;
  }

  /** Tells how much of the list is shown. */
  showLength({ images, order, reading }: ShownList): void {
    this.note.textContent = reading
      ? l10n.t('Reading the folder…')
      : order.length === images.length
        ? ''
        : l10n.t('{0} of {1}', formatWhole(order.length), countImages(images.length));
  }
}
