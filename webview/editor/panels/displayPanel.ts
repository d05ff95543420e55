import * as l10n from '@vscode/l10n';
import {
  displayChannels,
  displayRanges,
  isNeutral,
  neutralDisplay,
  type DisplayAdjustment,
  type DisplayChannel,
  type PictureDisplay,
} from '../../../protocol/pictureDisplay';
import type { ImageView } from '../../../mask/document/imageView';
import type { PictureSource } from '../../../protocol/editorPage';
import { element } from '../../common/dom';
import { formatDecimal, formatPercent } from '../../common/numberFormat';
import { keyTitle } from '../model/keys';
import type { SavedState } from '../model/savedState';
import { PictureTones } from '../view/pictureTones';
import type { Stage } from '../view/stage';
import { DisplaySlider } from './displaySlider';
import { Popover } from './popover';
import { SourceControls } from './sourceControls';

const channelNames: Record<DisplayChannel, string> = {
  colours: l10n.t('Colours'),
  red: l10n.t('Red'),
  green: l10n.t('Green'),
  blue: l10n.t('Blue'),
  luminance: l10n.t('Luminance'),
};

export interface DisplayCallbacks {
  /** The display of this page was changed, and is to be kept. @param shared for all images; null where it is not */
  onChange(shared: PictureDisplay | null): void;
  /** Another range, other bands or another page of the image file are to be shown. */
  onView(view: ImageView): void;
  /** Reads out what the page does not show otherwise. */
  announce(text: string): void;
}

/** Changes how the picture is displayed: brightness, contrast, gamma, local contrast and channel. */
export class DisplayPanel {
  private readonly popover: Popover;
  private readonly sliders: Record<DisplayAdjustment, DisplaySlider>;
  private readonly channel = element(
    'select',
    { id: 'display-channel' },
    ...displayChannels.map(channel => element('option', { value: channel }, channelNames[channel])),
  );
  private readonly shared = element('input', { type: 'checkbox' });
  private readonly resetButton = element('vscode-button', { secondary: true }, l10n.t('Reset'));
  private readonly source: SourceControls;
  private tones: PictureTones | null = null;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly state: SavedState,
    private readonly callbacks: DisplayCallbacks,
  ) {
    const slider = (name: DisplayAdjustment, label: string, format: (value: number) => string, logarithmic = false) =>
      new DisplaySlider(label, displayRanges[name], { format, logarithmic }, value => {
        this.change({ [name]: value });
      });
    const signed = (value: number) => (value > 0 ? `+${formatPercent(value)}` : formatPercent(value));
    this.sliders = {
      brightness: slider('brightness', l10n.t('Brightness'), signed),
      contrast: slider('contrast', l10n.t('Contrast'), signed),
      gamma: slider('gamma', l10n.t('Gamma'), value => formatDecimal(value, 2), true),
      local: slider('local', l10n.t('Local contrast'), value => formatPercent(value)),
    };
    this.source = new SourceControls(view => {
      callbacks.onView(view);
    });
    const label = l10n.t('Display of the Picture');
    const title = `${label} (${keyTitle('view.display')})`;
    this.popover = new Popover(
      container,
      { icon: 'color-mode', label, title, name: 'display' },
      () => {
        this.show();
      },
      element('h2', {}, l10n.t('Display')),
      element(
        'div',
        { class: 'adjustments' },
        ...Object.values(this.sliders).flatMap(({ parts }) => parts),
        element('label', { for: this.channel.id }, l10n.t('Channel')),
        this.channel,
      ),
      element('label', { class: 'shared' }, this.shared, l10n.t('For all images of this window')),
      element('p', { class: 'note' }, l10n.t('Changes the screen alone, never the file or the mask.')),
      this.resetButton,
      this.source.element,
    );
    this.channel.addEventListener('change', () => {
      this.change({ channel: displayChannels[this.channel.selectedIndex]! });
    });
    this.shared.addEventListener('change', () => {
      this.change({});
    });
    this.resetButton.addEventListener('click', () => {
      this.reset();
    });
    stage.pictureChanged.listen(() => {
      this.tones = stage.picture && new PictureTones(stage.picture);
      this.show();
    });
    this.show();
  }

  get button(): HTMLElement {
    return this.popover.button;
  }

  toggle(): void {
    this.popover.toggle();
  }

  reset(): void {
    this.change(neutralDisplay);
    this.callbacks.announce(l10n.t('The picture is displayed as it is.'));
  }

  showNextChannel(): void {
    const next = (displayChannels.indexOf(this.state.display.channel) + 1) % displayChannels.length;
    const channel = displayChannels[next]!;
    this.change({ channel });
    this.callbacks.announce(l10n.t('Channel: {0}', channelNames[channel]));
  }

  /** Offers what there is to choose from in the image file; nothing where there is no choice. */
  showSource(source: PictureSource | undefined): void {
    this.source.show(source);
  }

  /** Takes the display of all images of this window; null ends it, and this picture's display stays. */
  setShared(display: PictureDisplay | null): void {
    this.shared.checked = display !== null;
    this.state.display = display ?? this.state.display;
    this.show();
  }

  private change(changes: Partial<PictureDisplay>): void {
    this.state.display = { ...this.state.display, ...changes };
    this.show();
    this.callbacks.onChange(this.shared.checked ? this.state.display : null);
  }

  private show(): void {
    const { display } = this.state;
    for (const [name, slider] of Object.entries(this.sliders)) slider.show(display[name as DisplayAdjustment]);
    this.channel.selectedIndex = displayChannels.indexOf(display.channel);
    this.resetButton.disabled = isNeutral(display);
    this.popover.button.toggleAttribute('data-changed', !isNeutral(display));
    this.stage.setTones(this.tones?.of(display) ?? null);
  }
}
