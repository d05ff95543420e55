import { element } from '../../../common/dom';
import { formatArea, formatShare, toHex } from '../../../common/numberFormat';
import type { Labelling } from '../../model/labelling';
import type { Stage } from '../../view/stage';

/** The line below the picture, which shows what is under the pointer, and the size of the picture. */
export class StatusStrip {
  private readonly swatch = element('span', { class: 'swatch' });
  private readonly label = element('span', { class: 'label' });
  private readonly area = element('span', { class: 'area' });
  private readonly position = element('span', { class: 'place' });
  private readonly dot = element('span', { class: 'swatch' });
  private readonly colour = element('span', { class: 'colour' });
  private readonly size = element('span', { class: 'size' });
  /** The picture pixel under the pointer, with fractions. */
  private pixel: { readonly x: number; readonly y: number } | null = null;

  constructor(
    strip: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
  ) {
    strip.append(
      this.swatch,
      this.label,
      this.area,
      element('span', { class: 'spring' }),
      this.position,
      this.dot,
      this.colour,
      this.size,
    );
    labelling.appearanceChanged.listen(() => {
      this.showLabel();
    });
    this.clear();
  }

  showSize(): void {
    const size = this.stage.picture?.size;
    this.size.textContent = size ? `${size.width} × ${size.height}` : '';
  }

  /** Shows the picture pixel at `x`, `y` and its label. */
  show(x: number, y: number): void {
    this.pixel = { x, y };
    this.showLabel();
    const column = Math.floor(x);
    const row = Math.floor(y);
    this.position.textContent = `${column}, ${row}`;
    const colour = this.stage.picture?.colourAt(column, row) ?? null;
    this.dot.hidden = colour === null;
    if (colour === null) return;
    this.dot.style.background = toHex(colour);
    this.colour.textContent = `R ${colour >> 16} G ${(colour >> 8) & 255} B ${colour & 255}  ${toHex(colour)}`;
  }

  clear(): void {
    this.pixel = null;
    this.showLabel();
    this.position.textContent = this.colour.textContent = '';
    this.dot.hidden = true;
  }

  private showLabel(): void {
    const { grouping, regions } = this.labelling;
    const size = this.stage.picture?.size;
    const group =
      this.pixel && size ? this.labelling.groupAt(this.pixel.x / size.width, this.pixel.y / size.height) : 0;
    const label = this.labelling.labelOfGroup(group);
    this.swatch.hidden = group === 0;
    if (grouping && group !== 0) this.swatch.style.background = toHex(grouping.colours[group] ?? 0);
    this.label.textContent = label?.name ?? '';
    const all = regions ? regions.width * regions.height : 0;
    this.area.textContent = label && all > 0 ? `${formatArea(label.area)} (${formatShare(label.area, all)})` : '';
  }
}
