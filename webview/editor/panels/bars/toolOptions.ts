import * as l10n from '@vscode/l10n';
import { element, icon } from '../../../common/dom';
import { countLabels, toHex } from '../../../common/numberFormat';
import { keyTitle } from '../../model/keys';
import type { Labelling } from '../../model/labelling';
import type { BrushSize } from '../../tools/brushTool';
import type { PaintTargetMode, PaintTargets } from '../../tools/paintTarget';
import { selectionActions, type SelectionAction } from '../../tools/selectionActions';
import type { Toolbox } from '../../tools/toolbox';

/** Options of the active tool: the target that it paints into, its size, and edits of the selected labels. */
export class ToolOptions {
  private readonly swatch = element('span', { class: 'swatch' });
  private readonly target = element('select', { class: 'target', 'aria-label': l10n.t('Paint into') });
  private readonly painting = element(
    'span',
    { class: 'group' },
    element('span', { class: 'caption' }, l10n.t('Into')),
    this.swatch,
    this.target,
  );
  private readonly size = element('input', {
    type: 'range',
    min: 0,
    max: 100,
    step: 1,
    'aria-label': l10n.t('Brush size'),
    title: l10n.t('Brush size ( [ and ], or Alt and wheel )'),
  });
  private readonly pixels = element('output', { class: 'pixels' });
  private readonly sizing = element(
    'span',
    { class: 'group' },
    element('span', { class: 'caption' }, l10n.t('Size')),
    this.size,
    this.pixels,
  );
  private readonly selected = element('span', { class: 'chosen' });
  private readonly actions = element('span', { class: 'group' });
  private readonly buttons = new Map<SelectionAction, HTMLButtonElement>();

  constructor(
    place: HTMLElement,
    private readonly toolbox: Toolbox,
    private readonly targets: PaintTargets,
    private readonly brush: BrushSize,
    private readonly labelling: Labelling,
    private readonly scribbling: HTMLElement,
    private readonly outlining: HTMLElement,
    names: HTMLElement,
    act: (action: SelectionAction) => void,
  ) {
    for (const { action, icon: picture, title, hint } of selectionActions) {
      const key = keyTitle(`labels.${action}`);
      const button = element(
        'button',
        { class: 'action', type: 'button', title: `${hint} (${key})`, 'aria-keyshortcuts': key },
        icon(picture),
        element('span', {}, title),
      );
      button.addEventListener('click', () => {
        act(action);
      });
      this.buttons.set(action, button);
    }
    place.append(
      this.painting,
      this.sizing,
      this.scribbling,
      this.outlining,
      element('span', { class: 'spring' }),
      this.selected,
      this.actions,
    );
    this.actions.append(names, ...this.buttons.values());
    this.target.addEventListener('change', () => {
      targets.mode = this.target.value as PaintTargetMode;
    });
    this.size.addEventListener('input', () => {
      brush.value = toPixels(this.size.valueAsNumber);
    });
    for (const emitter of [
      toolbox.changed,
      targets.changed,
      brush.changed,
      labelling.selectionChanged,
      labelling.maskChanged,
    ])
      emitter.listen(() => {
        this.show();
      });
    this.show();
  }

  private show(): void {
    const { name, tool } = this.toolbox;
    this.painting.hidden = !tool.paints;
    this.sizing.hidden = name !== 'brush' && name !== 'eraser' && name !== 'scribble';
    this.scribbling.hidden = name !== 'scribble';
    this.outlining.hidden = name !== 'outline';
    this.showTarget();
    this.showSize();
    const labels = this.labelling.selectedLabels;
    this.selected.hidden = this.actions.hidden = name === 'scribble';
    this.selected.textContent =
      labels.length === 1
        ? labels.at(0)!.name
        : labels.length > 1
          ? l10n.t('{0} selected', countLabels(labels.length))
          : l10n.t('Nothing selected');
    for (const { action, minimumLabels: least } of selectionActions)
      this.buttons.get(action)!.disabled = labels.length < least;
  }

  private showTarget(): void {
    const { mode, current, newClass } = this.targets;
    const label = this.labelling.labelOfRegion(this.labelling.selection.primary);
    const offers: [PaintTargetMode, string][] = [
      ['new', newClass ? l10n.t('New label of ‘{0}’', newClass.name) : l10n.t('New label')],
      ['background', l10n.t('Background')],
    ];
    if (label) offers.unshift(['label', label.name]);
    this.target.replaceChildren(
      ...offers.map(([value, text]) => element('option', { value, selected: value === mode }, text)),
    );
    this.target.value = mode;
    this.swatch.style.background = toHex(current.colour());
  }

  private showSize(): void {
    const at = toSlider(this.brush.value);
    this.size.valueAsNumber = at;
    this.size.style.setProperty('--share', `${at}%`);
    this.pixels.textContent = `${this.brush.value} px`;
    this.size.setAttribute('aria-valuetext', l10n.t('{0} pixels', this.brush.value));
  }
}

/**
 * The brush size, 1 to 1000 pixels, at a slider position of 0 … 100. It grows by equal factors, as small brushes need
 * finer steps.
 */
function toPixels(slider: number): number {
  return Math.round(10 ** ((3 * slider) / 100));
}

function toSlider(pixels: number): number {
  return (100 * Math.log10(pixels)) / 3;
}
