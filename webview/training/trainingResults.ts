import * as l10n from '@vscode/l10n';
import type { ClassInfo } from '../../mask/classes/classInfo';
import type { EvaluationResult } from '../../protocol/trainingRun';
import { element } from '../common/dom';
import { formatDecimal } from '../common/numberFormat';

/**
 * The table of the classes, which is the legend of their colours and shows the IoU of each class once it is measured.
 */
export class ClassTable {
  private readonly rows = element('tbody');
  private readonly score = element('th', { scope: 'col' });
  readonly element = element(
    'section',
    { class: 'classes' },
    element('h2', {}, l10n.t('Classes')),
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, l10n.t('Class')), this.score)),
      this.rows,
    ),
  );

  /** @param of the pictures that the scores were measured on */
  show(
    classes: readonly ClassInfo[],
    scores: readonly (number | null)[] | undefined,
    of: EvaluationResult['of'],
  ): void {
    this.score.hidden = scores === undefined;
    this.score.textContent = of === 'target' ? 'IoU' : l10n.t('held-out IoU');
    this.rows.replaceChildren(
      ...classes.map(({ name, colour }, index) => {
        const swatch = element('span', { class: 'swatch' });
        swatch.style.background = colour;
        return element(
          'tr',
          {},
          element('td', {}, swatch, name),
          ...(scores ? [scoreCell(scores[index] ?? null)] : []),
        );
      }),
    );
  }
}

function scoreCell(score: number | null): HTMLElement {
  if (score === null)
    return element('td', { class: 'score', title: l10n.t('Neither in the labels nor in the predictions') }, '–');
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
  bar.style.width = `${Math.round(100 * score)}%`;
  return element('td', { class: 'score' }, bar, formatDecimal(score, 3));
}

interface Row {
  readonly name: string;
  readonly element: HTMLElement;
  readonly picture: HTMLImageElement;
  readonly answer: HTMLImageElement;
  readonly caption: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly answers: Map<number, string>;
}

/** Shows pictures beside the network's predictions, with a slider for those of earlier steps. */
export class PredictionGallery {
  readonly element = element(
    'section',
    { class: 'predictions', hidden: true },
    element('h2', {}, l10n.t('Predictions')),
  );
  private readonly rows = new Map<string, Row>();

  showPicture(name: string, bytes: Uint8Array): void {
    const { picture } = this.row(name);
    picture.src = urlOf(bytes);
    picture.hidden = false;
  }

  showAnswer(name: string, step: number, bytes: Uint8Array): void {
    const row = this.row(name);
    const before = row.answers.get(step);
    if (before) URL.revokeObjectURL(before);
    const atEnd = row.slider.valueAsNumber >= row.answers.size - 1;
    row.answers.set(step, urlOf(bytes));
    row.slider.max = String(row.answers.size - 1);
    if (atEnd) row.slider.valueAsNumber = row.answers.size - 1;
    draw(row);
  }

  private row(name: string): Row {
    const known = this.rows.get(name);
    if (known) return known;
    const row: Row = {
      name,
      element: element('figure', {}),
      answers: new Map(),
      caption: element('figcaption', {}, name),
      picture: element('img', { alt: l10n.t('Picture {0}', name), hidden: true }),
      answer: element('img', { alt: l10n.t('Classes seen in {0}', name) }),
      slider: element('input', {
        type: 'range',
        min: 0,
        max: 0,
        step: 1,
        'aria-label': l10n.t('Step of {0}', name),
        title: l10n.t('Earlier and later steps'),
      }),
    };
    row.slider.addEventListener('input', () => {
      draw(row);
    });
    row.element.append(element('div', { class: 'pair' }, row.picture, row.answer), row.slider, row.caption);
    this.rows.set(name, row);
    this.element.append(row.element);
    this.element.hidden = false;
    return row;
  }
}

function draw({ name, answers, slider, answer, caption }: Row): void {
  const steps = [...answers.keys()].sort((a, b) => a - b);
  const step = steps.at(slider.valueAsNumber) ?? steps.at(-1);
  if (step === undefined) return;
  answer.src = answers.get(step)!;
  slider.hidden = steps.length < 2;
  slider.style.setProperty('--share', `${steps.length < 2 ? 100 : (100 * slider.valueAsNumber) / (steps.length - 1)}%`);
  caption.textContent = l10n.t('{0} · step {1}', name, step);
}

function urlOf(bytes: Uint8Array): string {
  return URL.createObjectURL(new Blob([bytes.slice()], { type: 'image/png' }));
}
