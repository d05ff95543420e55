import { listWidths } from '../model/savedState';

/** The border that gives the list more or less room, by pointer or by arrow keys. Widths are CSS pixels. */
export class Sash {
  constructor(
    private readonly sash: HTMLElement,
    private readonly side: HTMLElement,
    private width: number,
    onChange: (width: number) => void,
  ) {
    sash.setAttribute('aria-valuemin', String(listWidths.least));
    sash.setAttribute('aria-valuemax', String(listWidths.most));
    const change = (wanted: number): void => {
      this.set(wanted);
      onChange(this.width);
    };
    sash.addEventListener('pointerdown', event => {
      sash.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    sash.addEventListener('pointermove', event => {
      if (sash.hasPointerCapture(event.pointerId)) change(side.getBoundingClientRect().right - event.clientX);
    });
    sash.addEventListener('keydown', event => {
      const by = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
      if (by === undefined) return;
      event.stopPropagation();
      change(this.width + by);
    });
    this.set(width);
  }

  private set(wanted: number): void {
    this.width = Math.round(Math.min(listWidths.most, Math.max(listWidths.least, wanted)));
    this.side.style.width = `${this.width}px`;
    this.sash.setAttribute('aria-valuenow', String(this.width));
  }
}
