import type { EditRequest, LabelView } from '../../../../protocol/editor';
import { element } from '../../../common/dom';
import { fromHex } from '../../../common/numberFormat';
import type { Labelling } from '../../model/labelling';
import { ColourPicker } from './colourPicker';

/** Colours for a label of the list, from palettes or the browser's own dialogue, and palettes for all labels. */
export class LabelColours {
  private readonly palettes = new ColourPicker();
  private readonly any = element('input', { type: 'color', class: 'picker', tabindex: -1, 'aria-hidden': 'true' });
  private label: LabelView | null = null;

  /** @param closed the colours are put away, with or without a choice */
  constructor(
    labelling: Labelling,
    private readonly edit: (edit: EditRequest) => void,
    private readonly closed: () => void,
  ) {
    this.any.addEventListener('input', () => {
      if (this.label) labelling.tint(this.label.value, fromHex(this.any.value));
    });
    this.any.addEventListener('change', () => {
      if (this.label) edit({ kind: 'recolour', value: this.label.value, colour: this.any.value });
    });
  }

  get elements(): HTMLElement[] {
    return [this.any, this.palettes.element];
  }

  /** Offers colours for a label, or palettes for all of them, beside a place of the window. */
  open(place: DOMRect, label: LabelView | null): void {
    this.label = label;
    this.palettes.open(place, label?.colour ?? null, {
      colour: colour => {
        if (label && colour !== label.colour) this.edit({ kind: 'recolour', value: label.value, colour });
      },
      all: palette => {
        this.edit({ kind: 'palette', palette });
      },
      other: () => {
        if (!label) return;
        this.any.style.top = `${place.top}px`; // where the browser opens its dialogue
        this.any.value = label.colour;
        this.any.click();
      },
      closed: this.closed,
    });
  }
}
