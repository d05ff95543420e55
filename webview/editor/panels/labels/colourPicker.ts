import * as l10n from '@vscode/l10n';
import { palettes, type PaletteName } from '../../../../mask/colours/palettes';
import type { EditRequest } from '../../../../mask/document/editRequests';
import type { Label } from '../../../../protocol/editorPage';
import { element } from '../../../common/dom';
import { fromHex } from '../../../common/numberFormat';
import type { Labelling } from '../../model/labelling';

const titles: Record<PaletteName, string> = {
  safe: l10n.t('Okabe–Ito and more'),
  bright: l10n.t('Bright'),
  vibrant: l10n.t('Vibrant'),
  muted: l10n.t('Muted'),
};

/** Callbacks of the palette menu. */
export interface ColourCallbacks {
  /** Called with a colour, `#rrggbb`, for the label. */
  onColour(colour: string): void;
  /** Called to colour all labels from a palette. */
  onPalette(palette: PaletteName): void;
  /** Called to choose a colour in the browser's own dialogue. */
  onOtherColour(): void;
  /** Called when the menu closes, with or without a choice. */
  onClose(): void;
}

/** Number of colours of a palette that the menu offers: the first ones, which differ most. */
const maximumSwatches = 24;

/** A menu of colour-blind-safe palettes, for one label or for all labels. */
export class PaletteMenu {
  readonly element = element('div', {
    class: 'colours',
    role: 'dialog',
    'aria-label': l10n.t('Colours'),
    popover: 'auto',
  });
  private choice: ColourCallbacks | null = null;

  constructor() {
    for (const [name, colours] of Object.entries(palettes) as [PaletteName, readonly string[]][]) {
      const every = element(
        'button',
        { class: 'action', type: 'button', title: l10n.t('Colour all labels anew from ‘{0}’', titles[name]) },
        l10n.t('Use for All'),
      );
      every.addEventListener('click', () => {
        this.finish(choice => {
          choice.onPalette(name);
        });
      });
      this.element.append(
        element('header', {}, element('span', {}, titles[name]), every),
        element(
          'div',
          { class: 'set', role: 'group', 'aria-label': titles[name] },
          ...colours.slice(0, maximumSwatches).map(colour => this.swatch(colour)),
        ),
      );
    }
    const other = element('button', { class: 'action', type: 'button' }, l10n.t('Other Colour …'));
    other.addEventListener('click', () => {
      this.finish(choice => {
        choice.onOtherColour();
      });
    });
    this.element.append(other);
    this.element.addEventListener('keydown', event => {
      this.key(event);
    });
    this.element.addEventListener('toggle', event => {
      if (event.newState !== 'closed') return;
      const { choice } = this;
      this.choice = null;
      choice?.onClose();
    });
  }

  /**
   * Opens below or above an element.
   * @param anchor the element's place in the window
   * @param colour the label's colour; null to colour all labels only
   */
  open(place: DOMRect, colour: string | null, choice: ColourCallbacks): void {
    this.choice = choice;
    this.element.showPopover();
    const { width, height } = this.element.getBoundingClientRect();
    this.element.style.left = `${Math.max(4, Math.min(place.left, window.innerWidth - width - 4))}px`;
    const fitsBelow = place.bottom + height + 4 <= window.innerHeight;
    this.element.style.top = `${fitsBelow ? place.bottom : Math.max(4, place.top - height)}px`;
    for (const swatch of this.swatches) {
      swatch.setAttribute('aria-pressed', String(swatch.dataset.colour === colour));
      swatch.disabled = colour === null;
    }
    (
      this.swatches.find(swatch => swatch.dataset.colour === colour) ??
      this.element.querySelector<HTMLElement>('button:not(:disabled)')
    )?.focus();
  }

  private get swatches(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll<HTMLButtonElement>('button.colour')];
  }

  private swatch(colour: string): HTMLElement {
    const button = element('button', {
      class: 'colour',
      type: 'button',
      'aria-label': colour,
      title: colour,
      'data-colour': colour,
    });
    button.style.background = colour;
    button.addEventListener('click', () => {
      this.finish(choice => {
        choice.onColour(colour);
      });
    });
    return button;
  }

  private finish(use: (choice: ColourCallbacks) => void): void {
    const { choice } = this;
    this.element.hidePopover();
    if (choice) use(choice);
  }

  /** Moves from colour to colour by arrow keys. */
  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...this.element.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    all.at((all.indexOf(document.activeElement as HTMLButtonElement) + step) % all.length)?.focus();
  }
}

/** Colours a label from a palette or by the browser's own dialogue, or all labels from a palette. */
export class LabelColourPicker {
  private readonly palettes = new PaletteMenu();
  private readonly colourInput = element('input', {
    type: 'color',
    class: 'picker',
    tabindex: -1,
    'aria-hidden': 'true',
  });
  private label: Label | null = null;

  /** @param onClose called when the menu closes, with or without a choice */
  constructor(
    labelling: Labelling,
    private readonly edit: (edit: EditRequest) => void,
    private readonly onClose: () => void,
  ) {
    this.colourInput.addEventListener('input', () => {
      if (this.label) labelling.previewColour(this.label.value, fromHex(this.colourInput.value));
    });
    this.colourInput.addEventListener('change', () => {
      if (this.label) edit({ kind: 'recolour', value: this.label.value, colour: this.colourInput.value });
    });
  }

  get elements(): HTMLElement[] {
    return [this.colourInput, this.palettes.element];
  }

  /** Opens the menu for a label, or for all labels, below or above a place of the window. */
  open(place: DOMRect, label: Label | null): void {
    this.label = label;
    this.palettes.open(place, label?.colour ?? null, {
      onColour: colour => {
        if (label && colour !== label.colour) this.edit({ kind: 'recolour', value: label.value, colour });
      },
      onPalette: palette => {
        this.edit({ kind: 'palette', palette });
      },
      onOtherColour: () => {
        if (!label) return;
        this.colourInput.style.top = `${place.top}px`; // where the browser opens its dialogue
        this.colourInput.value = label.colour;
        this.colourInput.click();
      },
      onClose: this.onClose,
    });
  }
}
