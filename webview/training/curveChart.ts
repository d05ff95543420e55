import uPlot from 'uplot';
import { element } from '../common/dom';
import { formatSignificant } from '../common/numberFormat';
import type { Curve } from './trainingCurves';

/** The chart colours of VS Code, in the order of the curves. */
const colours = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'].map(name => `--vscode-charts-${name}`);
const height = 200;

/** A chart of curves over training steps, in the theme's colours and as wide as its container. */
export class Chart {
  readonly element: HTMLElement;
  private readonly place = element('div', { class: 'plot', 'aria-hidden': 'true' });
  /** The latest value of each curve, which is the legend of the chart and its text for screen readers. */
  private readonly latest = element('ul', { class: 'latest' });
  private plot: uPlot | undefined;
  private names = '';
  private shown: { steps: readonly number[]; curves: readonly Curve[] } = { steps: [], curves: [] };

  constructor(
    title: string,
    private readonly range?: readonly [number, number],
  ) {
    this.element = element('section', { class: 'chart' }, element('h2', {}, title), this.place, this.latest);
    new ResizeObserver(() => {
      this.plot?.setSize({ width: this.place.clientWidth, height });
    }).observe(this.place);
  }

  show(steps: readonly number[], curves: readonly Curve[]): void {
    this.element.hidden = steps.length === 0;
    this.shown = { steps, curves };
    const names = curves.map(({ name }) => name).join();
    if (!this.plot || names !== this.names) this.rebuild();
    else this.plot.setData(this.data());
    this.names = names;
    this.latest.replaceChildren(
      ...curves.map(({ name, values }, index) => {
        const last = values.findLast(value => value !== null);
        return element(
          'li',
          {},
          swatch(index),
          `${name} `,
          element('output', {}, last === undefined || last === null ? '–' : formatSignificant(last)),
        );
      }),
    );
  }

  /** Draws the chart again, as when the theme's colours have changed. */
  rebuild(): void {
    const { curves } = this.shown;
    this.plot?.destroy();
    if (this.element.hidden) return;
    const axis: uPlot.Axis = {
      stroke: colour('--vscode-descriptionForeground'),
      grid: { stroke: `color-mix(in srgb, ${colour('--vscode-foreground')} 12%, transparent)`, width: 1 },
      ticks: { show: false },
      font: '11px sans-serif',
    };
    this.plot = new uPlot(
      {
        width: Math.max(this.place.clientWidth, 120),
        height,
        legend: { show: false },
        cursor: { drag: { x: true, y: false } },
        scales: { x: { time: false }, ...(this.range && { y: { range: () => [...this.range!] } }) },
        axes: [
          { ...axis, size: 24 },
          { ...axis, size: 48 },
        ],
        series: [
          {},
          ...curves.map(({ name }, index): uPlot.Series => ({
            label: name,
            stroke: colour(colours.at(index % colours.length)!),
            width: 1.5,
            spanGaps: true,
            points: { show: this.shown.steps.length < 30 },
          })),
        ],
      },
      this.data(),
      this.place,
    );
  }

  private data(): uPlot.AlignedData {
    return [[...this.shown.steps], ...this.shown.curves.map(({ values }) => [...values])];
  }
}

/** The value of a colour of the theme, as canvases need it. */
function colour(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim() || '#888888';
}

function swatch(index: number): HTMLElement {
  const made = element('span', { class: 'swatch' });
  made.style.background = `var(${colours[index % colours.length]})`;
  return made;
}
