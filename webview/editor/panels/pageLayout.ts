import * as l10n from '@vscode/l10n';
import { element } from '../../common/dom';
import { listWidths } from '../model/savedState';

/** The fixed elements of the page, each filled by its panel. */
export interface PageLayout {
  readonly toolbar: HTMLElement;
  readonly options: HTMLElement;
  readonly classes: HTMLElement;
  readonly tools: HTMLElement;
  readonly segmentationBar: HTMLElement;
  readonly comparison: HTMLElement;
  readonly problem: HTMLElement;
  readonly stage: HTMLElement;
  readonly splitter: HTMLElement;
  readonly side: HTMLElement;
  readonly status: HTMLElement;
  /** The element that screen readers read out when its text changes. */
  readonly live: HTMLElement;
}

/** Fills the body with the fixed elements of the page. */
export function buildLayout(body: HTMLElement): PageLayout {
  const layout: PageLayout = {
    toolbar: element('div', { class: 'toolbar', role: 'toolbar', 'aria-label': l10n.t('Mask') }),
    options: element('div', { class: 'options', role: 'toolbar', 'aria-label': l10n.t('Tool options') }),
    classes: element('section', { class: 'classes', hidden: true, 'aria-label': l10n.t('Classes') }),
    tools: element('div', {
      class: 'tools',
      role: 'radiogroup',
      'aria-label': l10n.t('Tools'),
      'aria-orientation': 'vertical',
    }),
    segmentationBar: element('section', { class: 'run', hidden: true, 'aria-label': l10n.t('Segmentation') }),
    comparison: element('section', { class: 'comparison', hidden: true, 'aria-label': l10n.t('Comparison') }),
    problem: element('div', { class: 'problem', role: 'alert', hidden: true }),
    stage: element('div', { class: 'stage', tabindex: 0, role: 'application', 'aria-label': l10n.t('Picture') }),
    splitter: element('div', {
      class: 'sash',
      role: 'separator',
      tabindex: 0,
      'aria-orientation': 'vertical',
      'aria-label': l10n.t('Width of the label list'),
    }),
    side: element('section', { class: 'side', 'aria-label': l10n.t('Labels') }),
    status: element('footer', { class: 'status' }),
    live: element('div', { class: 'unseen', 'aria-live': 'polite' }),
  };
  body.replaceChildren(
    element('header', {}, layout.toolbar, layout.options, layout.classes),
    layout.segmentationBar,
    layout.comparison,
    layout.problem,
    element(
      'main',
      { class: 'middle' },
      element('h1', { class: 'unseen' }, l10n.t('Mask editor')),
      layout.tools,
      layout.stage,
      layout.splitter,
      layout.side,
    ),
    layout.status,
    layout.live,
  );
  body.dataset.vscodeContext = JSON.stringify({ preventDefaultContextMenuItems: true });
  return layout;
}

/** The splitter that changes the width of the label list, by pointer or arrow keys. Widths are CSS pixels. */
export class ListSplitter {
  constructor(
    private readonly splitter: HTMLElement,
    private readonly side: HTMLElement,
    private width: number,
    onChange: (width: number) => void,
  ) {
    splitter.setAttribute('aria-valuemin', String(listWidths.least));
    splitter.setAttribute('aria-valuemax', String(listWidths.most));
    const change = (newWidth: number): void => {
      this.set(newWidth);
      onChange(this.width);
    };
    splitter.addEventListener('pointerdown', event => {
      splitter.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    splitter.addEventListener('pointermove', event => {
      if (splitter.hasPointerCapture(event.pointerId)) change(side.getBoundingClientRect().right - event.clientX);
    });
    splitter.addEventListener('keydown', event => {
      const by = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
      if (by === undefined) return;
      event.stopPropagation();
      change(this.width + by);
    });
    this.set(width);
  }

  private set(newWidth: number): void {
    this.width = Math.round(Math.min(listWidths.most, Math.max(listWidths.least, newWidth)));
    this.side.style.width = `${this.width}px`;
    this.splitter.setAttribute('aria-valuenow', String(this.width));
  }
}
