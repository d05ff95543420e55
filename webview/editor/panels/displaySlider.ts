import { element } from '../../common/dom';

/** How a slider shows its value; a logarithmic one has its neutral value in the middle. */
export interface SliderForm {
  readonly format: (value: number) => string;
  readonly logarithmic: boolean;
}

/** A named slider with its value beside it. A double click makes it neutral. */
export class DisplaySlider {
  private readonly input: HTMLInputElement;
  private readonly output = element('output', {});
  /** The elements of its row: name, slider and value. */
  readonly parts: readonly HTMLElement[];

  constructor(
    label: string,
    { least, most, neutral }: { readonly least: number; readonly most: number; readonly neutral: number },
    private readonly form: SliderForm,
    onChange: (value: number) => void,
  ) {
    const [min, max, step] = form.logarithmic ? [Math.log2(least), Math.log2(most), 0.05] : [least, most, 1];
    this.input = element('input', { type: 'range', min, max, step, 'aria-label': label });
    this.parts = [element('span', {}, label), this.input, this.output];
    this.input.addEventListener('input', () => {
      const { valueAsNumber } = this.input;
      // The slider's steps in floating point miss its ends and its middle by a little.
      const value = form.logarithmic ? Number((2 ** valueAsNumber).toFixed(4)) : valueAsNumber;
      onChange(value);
    });
    this.input.addEventListener('dblclick', () => {
      onChange(neutral);
    });
  }

  show(value: number): void {
    const { input, form } = this;
    input.valueAsNumber = form.logarithmic ? Math.log2(value) : value;
    const text = form.format(value);
    this.output.textContent = text;
    input.setAttribute('aria-valuetext', text);
    const [min, max] = [Number(input.min), Number(input.max)];
    input.style.setProperty('--share', `${(100 * (input.valueAsNumber - min)) / (max - min)}%`);
  }
}
