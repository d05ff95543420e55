import * as l10n from '@vscode/l10n';
import { element, icon } from '../../../common/dom';
import type { LabelNames, ScribbleLabels } from '../../model/labelNames';
import type { Labelling } from '../../model/labelling';

/** The menu of names to give to the selected labels, and the list that completes names while they are typed. */
export class NameMenu {
  readonly element = element('select', {
    class: 'names',
    'aria-label': l10n.t('Give the selected labels a name'),
    title: l10n.t('Give the selected labels a name (1 to 9)'),
  });
  /** The list that completes names in text boxes, by its id. */
  readonly completions = element('datalist', { id: 'label-names' });

  constructor(
    private readonly names: LabelNames,
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

  /** Moves the focus to the menu. */
  focus(): void {
    this.element.focus();
  }

  private show(): void {
    const all = this.names.all;
    this.element.hidden = all.length === 0 || this.names.areClasses;
    this.element.disabled = this.labelling.selection.representatives.length === 0;
    this.element.replaceChildren(
      element('option', { value: '', hidden: true }, l10n.t('Label as …')),
      ...all.map(({ name }, at) => element('option', { value: at }, at < 9 ? `${at + 1}  ${name}` : name)),
    );
    this.element.value = '';
    this.completions.replaceChildren(...all.map(({ name }) => element('option', { value: name })));
  }
}

/** Callbacks of the scribble bar. */
export interface ScribbleCallbacks {
  /** Called to segment with the scribbles. */
  onSegment(): void;
  /** Called to delete all scribbles. */
  onClear(): void;
}

/** Chooses the label of the next scribble, segments with the scribbles and deletes them. */
export class ScribbleBar {
  private readonly swatch = element('span', { class: 'swatch' });
  private readonly choice = element('select', {
    class: 'target',
    'aria-label': l10n.t('Label of the scribble'),
    title: l10n.t('Label of the scribble (1 to 9)'),
  });
  private readonly start = element(
    'button',
    {
      class: 'action',
      type: 'button',
      title: l10n.t('Train on the picture and its scribbles; each label keeps its strokes'),
    },
    icon('wand'),
    element('span', {}, l10n.t('Segment with Scribbles')),
  );
  private readonly clear = element(
    'button',
    { class: 'action', type: 'button', title: l10n.t('Delete all scribbles (Alt and click deletes one)') },
    icon('clear-all'),
    element('span', {}, l10n.t('Clear')),
  );
  readonly element = element('span', { class: 'group' }, this.swatch, this.choice, this.start, this.clear);

  constructor(
    private readonly labels: ScribbleLabels,
    private readonly labelling: Labelling,
    callbacks: ScribbleCallbacks,
  ) {
    this.choice.addEventListener('change', () => {
      labels.choose(labels.all.at(Number(this.choice.value)) ?? labels.newLabel());
    });
    this.start.addEventListener('click', () => {
      callbacks.onSegment();
    });
    this.clear.addEventListener('click', () => {
      callbacks.onClear();
    });
    labels.changed.listen(() => {
      this.show();
    });
    for (const emitter of [labelling.maskChanged, labelling.runningChanged])
      emitter.listen(() => {
        this.show();
      });
    this.show();
  }

  private show(): void {
    const { all, current } = this.labels;
    const listed = all.some(({ name }) => name === current.name) ? all : [...all, current];
    this.swatch.style.background = current.colour;
    this.choice.replaceChildren(
      ...listed.map(({ name }, at) =>
        element('option', { value: at, selected: name === current.name }, at < 9 ? `${at + 1}  ${name}` : name),
      ),
      element('option', { value: listed.length }, l10n.t('New label')),
    );
    this.choice.value = String(listed.findIndex(({ name }) => name === current.name));
    const none = (this.labelling.mask?.scribbles ?? []).length === 0;
    this.start.disabled = this.clear.disabled = none || this.labelling.running;
  }
}
