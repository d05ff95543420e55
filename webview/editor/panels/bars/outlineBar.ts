import * as l10n from '@vscode/l10n';
import { element, icon } from '../../../common/dom';
import { tolerances } from '../../model/outline';
import type { OutlineTool } from '../../tools/outlineTool';

/** Options of the outline tool: the tolerance, the number of corners, and whether to apply or to drop the outline. */
export class OutlineBar {
  private readonly slider = element('input', {
    type: 'range',
    min: 0,
    max: tolerances.length - 1,
    step: 1,
    'aria-label': l10n.t('Tolerance of the outline'),
    title: l10n.t('How far the outline may be from the label’s boundary, in pixels'),
  });
  private readonly pixels = element('output', { class: 'pixels' });
  private readonly corners = element('output', { class: 'corners' });
  private readonly apply = actionButton('check', l10n.t('Apply'), l10n.t('Give the label this outline (Enter)'));
  private readonly drop = actionButton('discard', l10n.t('Drop'), l10n.t('Return to the label’s own outline (Escape)'));
  readonly element = element(
    'span',
    { class: 'group' },
    element('span', { class: 'caption' }, l10n.t('Tolerance')),
    this.slider,
    this.pixels,
    this.corners,
    this.apply,
    this.drop,
  );

  constructor(private readonly tool: OutlineTool) {
    this.slider.addEventListener('input', () => {
      tool.outline.tolerance = tolerances[this.slider.valueAsNumber] ?? 0;
    });
    this.slider.addEventListener('keydown', event => {
      if (event.key === 'Enter') tool.apply();
      else if (event.key === 'Escape') tool.drop();
      else return;
      event.preventDefault();
    });
    this.apply.addEventListener('click', () => {
      tool.apply();
    });
    this.drop.addEventListener('click', () => {
      tool.drop();
    });
    tool.changed.listen(() => {
      this.show();
    });
    this.show();
  }

  private show(): void {
    const { outline } = this.tool;
    const { tolerance, cornerCount, isTouched } = outline;
    const isShown = outline.rings.length > 0;
    const at = tolerances.findLastIndex(one => one <= tolerance);
    this.slider.valueAsNumber = at;
    this.slider.style.setProperty('--share', `${(100 * at) / (tolerances.length - 1)}%`);
    this.slider.setAttribute('aria-valuetext', l10n.t('{0} pixels', tolerance));
    this.slider.disabled = !isShown;
    this.pixels.textContent = `${tolerance} px`;
    this.corners.textContent = isShown ? l10n.t('{0} corners', cornerCount) : l10n.t('Select a label');
    this.apply.disabled = this.drop.disabled = !isShown || !isTouched;
  }
}

function actionButton(name: string, text: string, title: string): HTMLButtonElement {
  return element('button', { class: 'action', type: 'button', title }, icon(name), element('span', {}, text));
}
