import * as l10n from '@vscode/l10n';
import type { ClassView } from '../../protocol/adapt';
import { element } from '../common/dom';
import { formatDecimal } from '../common/numberFormat';

/** The classes in their colours, with the IoU of each where there is one: legend and result in one. */
export class ClassTable {
  private readonly rows = element('tbody');
  private readonly score = element('th', { scope: 'col' }, 'IoU');
  readonly element = element(
    'section',
    { class: 'classes' },
    element('h2', {}, l10n.t('Classes')),
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, l10n.t('Class')), this.score)),
      this.rows,
    ),
  );

  show(classes: readonly ClassView[], scores: readonly (number | null)[] | undefined): void {
    this.score.hidden = scores === undefined;
    this.rows.replaceChildren(
      ...classes.map(({ name, colour }, index) => {
        const swatch = element('span', { class: 'swatch' });
        swatch.style.background = colour;
        return element('tr', {}, element('td', {}, swatch, name), ...(scores ? [scoreCell(scores[index])] : []));
      }),
    );
  }
}

function scoreCell(score: number | null): HTMLElement {
  if (score === null)
    return element('td', { class: 'score', title: l10n.t('Neither in the labels nor in the predictions') }, '–');
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.width = `${Math.round(100 * score)}%`;
  return element('td', { class: 'score' }, bar, formatDecimal(score, 3));
}
