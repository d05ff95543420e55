import * as l10n from '@vscode/l10n';
import { element } from '../common/dom';

interface Row {
  readonly name: string;
  readonly element: HTMLElement;
  readonly picture: HTMLImageElement;
  readonly answer: HTMLImageElement;
  readonly caption: HTMLElement;
  readonly slider: HTMLInputElement;
  readonly answers: Map<number, string>;
}

/** Target pictures and the network's answers to them; a slider goes back to earlier steps. */
export class Predictions {
  readonly element = element(
    'section',
    { class: 'predictions', hidden: true },
    element('h2', {}, l10n.t('Target pictures')),
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
      picture: element('img', { alt: l10n.t('Target picture {0}', name), hidden: true }),
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
