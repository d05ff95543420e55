import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../../../protocol/pageActions';
import { element } from '../../../common/dom';
import { formatPercent, formatScale } from '../../../common/numberFormat';
import { viewModes, type SavedState, type ViewMode } from '../../model/savedState';
import { keyTitle } from '../../model/keys';
import type { Stage } from '../../view/stage';
import { toggleButton } from '../toggleButton';

/** Callbacks of the toolbar. */
export interface ToolbarCallbacks {
  onSegment(): void;
  /** Called when the view options in the page's state have changed. */
  onViewChange(): void;
}

const viewButtons: Record<ViewMode, [icon: string, title: string, action: PageAction]> = {
  overlay: ['layers', l10n.t('Labels over the Picture'), 'view.overlay'],
  outlines: ['chrome-maximize', l10n.t('Outlines Alone'), 'view.outlinesAlone'],
  mask: ['symbol-color', l10n.t('Labels Alone'), 'view.mask'],
  picture: ['file-media', l10n.t('Picture Alone'), 'view.picture'],
};

/** The toolbar: segmenting, granularity, view options and zoom. */
export class Toolbar {
  private readonly segment = element('vscode-button', { icon: 'wand', class: 'segment' });
  private readonly views = new Map(viewModes.map(mode => [mode, toggleButton(...viewButtons[mode])]));
  private readonly outlines = toggleButton('symbol-misc', l10n.t('Outlines'), 'view.outlines');
  private readonly list = toggleButton('list-unordered', l10n.t('Label List'), 'view.list');
  private readonly opacity = element('input', {
    type: 'range',
    min: 0,
    max: 100,
    step: 1,
    'aria-label': l10n.t('Overlay opacity'),
    title: l10n.t('Overlay opacity'),
  });
  private readonly percent = element('output', { class: 'percent' });
  /** Controls that are shown only with a mask. */
  private readonly maskControls: readonly HTMLElement[];

  constructor(
    place: HTMLElement,
    slider: HTMLElement,
    { compare, info, display }: Record<'compare' | 'info' | 'display', HTMLElement>,
    private readonly stage: Stage,
    private readonly state: SavedState,
    private readonly callbacks: ToolbarCallbacks,
  ) {
    const scale = element('button', {
      class: 'scale',
      type: 'button',
      title: `${l10n.t('Actual Size')} (${keyTitle('view.actualSize')})`,
    });
    stage.viewChanged.listen(at => {
      scale.textContent = formatScale(at);
    });
    scale.addEventListener('click', () => {
      stage.actualSize();
    });
    const viewOptions = group(
      element('span', { class: 'group', role: 'group', 'aria-label': l10n.t('Show') }, ...this.views.values()),
      this.outlines,
      this.opacity,
      this.percent,
    );
    this.maskControls = [slider, viewOptions, compare, this.list];
    place.append(
      this.segment,
      slider,
      element('span', { class: 'spring' }),
      viewOptions,
      group(
        button('zoom-out', l10n.t('Zoom Out'), '-', () => {
          stage.zoom(0.8);
        }),
        scale,
        button('zoom-in', l10n.t('Zoom In'), '+', () => {
          stage.zoom(1.25);
        }),
        button('screen-full', l10n.t('Fit'), '0', () => {
          stage.fit();
        }),
      ),
      display,
      compare,
      info,
      this.list,
    );
    this.segment.addEventListener('click', () => {
      callbacks.onSegment();
    });
    for (const [mode, button] of this.views)
      button.addEventListener('change', () => {
        this.setView(mode);
      });
    this.outlines.addEventListener('change', () => {
      this.toggle('outlines');
    });
    this.list.addEventListener('change', () => {
      this.toggle('list');
    });
    this.opacity.addEventListener('input', () => {
      state.opacity = this.opacity.valueAsNumber / 100;
      this.handleChange();
    });
    this.update();
  }

  /** Offers to segment the picture, for the first time or again; nothing while a segmentation is running. */
  showSegmentation(hasMask: boolean, running: boolean): void {
    this.segment.textContent = this.segment.title = hasMask ? l10n.t('Segment Again') : l10n.t('Segment');
    this.segment.toggleAttribute('secondary', hasMask);
    this.segment.secondary = hasMask;
    this.segment.disabled = running;
    this.segment.hidden = !hasMask && !running; // the middle of the page offers it
    for (const control of this.maskControls) control.hidden = !hasMask;
  }

  toggle(which: 'outlines' | 'list'): void {
    this.state[which] = !this.state[which];
    this.handleChange();
  }

  /** Shows a view, or the labels over the picture if it is shown already. */
  toggleView(what: ViewMode): void {
    this.setView(this.state.show === what ? 'overlay' : what);
  }

  /** Changes the opacity of the labels, which is in 0 … 1. */
  changeOpacity(by: number): void {
    this.state.opacity = Math.min(1, Math.max(0, this.state.opacity + by));
    this.handleChange();
  }

  private setView(what: ViewMode): void {
    this.state.show = what;
    this.handleChange();
  }

  private handleChange(): void {
    this.update();
    this.stage.invalidate();
    this.callbacks.onViewChange();
  }

  private update(): void {
    const { state } = this;
    for (const [mode, button] of this.views) button.checked = mode === state.show;
    this.outlines.checked = state.outlines;
    this.list.checked = state.list;
    const percent = Math.round(100 * state.opacity);
    this.opacity.valueAsNumber = percent;
    this.opacity.disabled = state.show !== 'overlay';
    this.opacity.style.setProperty('--share', `${percent}%`);
    this.percent.textContent = formatPercent(percent);
  }
}

function button(icon: string, label: string, key: string, action: () => void): HTMLElement {
  const made = element('vscode-toolbar-button', { icon, title: `${label} (${key})`, label });
  made.addEventListener('click', action);
  return made;
}

function group(...children: HTMLElement[]): HTMLElement {
  return element('span', { class: 'group' }, ...children);
}
