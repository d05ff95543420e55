import { element } from '../../../common/dom';

/** What the columns of a comparison show, above each; with the lines between them. */
export class ColumnTitles {
  private readonly place = element('div', { class: 'columns', hidden: true });
  private shown = '';

  constructor(stage: HTMLElement) {
    stage.append(this.place);
  }

  /** A title a column, from left to right; null takes them away. */
  show(titles: readonly string[] | null): void {
    this.place.hidden = titles === null;
    const all = titles?.join('\n') ?? '';
    if (all === this.shown) return;
    this.shown = all;
    this.place.replaceChildren(
      ...(titles ?? []).map(title =>
        element('div', { class: 'column' }, element('span', { class: 'side-name' }, title)),
      ),
    );
  }
}
