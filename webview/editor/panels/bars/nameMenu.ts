import * as l10n from '@vscode/l10n';
import { element } from '../../../common/dom';
import type { Labelling } from '../../model/labelling';
import type { Names } from '../../model/labelNames';

/** Names to give to the selected labels, with their number keys; and what completes a name while it is typed. */
export class NameMenu {
  readonly element = element('select', {
    class: 'names',
    'aria-label': l10n.t('Give the selected labels a name'),
    title: l10n.t('Give the selected labels a name (1 to 9)'),
  });
  /** For text boxes of names: the `list` that completes them. */
  readonly completions = element('datalist', { id: 'label-names' });

  constructor(
    private readonly names: Names,
    private readonly labelling: Labelling,
  ) {
    this.element.addEventListener('change', () => {
      const name = names.all.at(Number(this.element.value));
      this.element.value = '';
      if (name) names.assign(name);
    });
    names.changed.listen(() => {
      this.show();
    });
    labelling.selectionChanged.listen(() => {
      this.show();
    });
    this.show();
  }

  /** Puts the keyboard on it. */
  focus(): void {
    this.element.focus();
  }

  private show(): void {
    const all = this.names.all;
    this.element.hidden = all.length === 0;
    this.element.disabled = this.labelling.selection.all.length === 0;
    this.element.replaceChildren(
      element('option', { value: '', hidden: true }, l10n.t('Label as …')),
      ...all.map(({ name }, at) => element('option', { value: at }, at < 9 ? `${at + 1}  ${name}` : name)),
    );
    this.element.value = '';
    this.completions.replaceChildren(...all.map(({ name }) => element('option', { value: name })));
  }
}
