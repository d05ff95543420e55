import type { Paint } from './shapes';

/**
 * The work that the shapes of one file may take to draw, in steps of some nanoseconds: a few seconds in all. A hundred
 * layers over a picture of 48 megapixels fit.
 */
const mostWork = 3e8;
/** The steps of painting a run of pixels and of decoding a pixel, and the painted pixels that take one step. */
const [stepsOfRun, stepsOfDecoding, pixelsOfStep] = [2, 2, 16];

/** The error for shapes that take too much work to draw; its message, a clause for people, says what is too much. */
export class DrawingBudgetError extends Error {
  override readonly name = 'DrawingBudgetError';
}

/**
 * The work left for drawing the shapes of one file. A small file can ask for much: thousands of run lengths that cover
 * the picture, or a polygon whose edges cross it thousands of times.
 */
export class DrawingBudget {
  private edgeRows = 0;
  private runs = 0;
  private pixels = 0;
  private decoded = 0;

  /** @param shapes their number in the file, for the message */
  constructor(private readonly shapes = 1) {}

  /** Counts rows of pixels that edges cross, and corners. @throws DrawingBudgetError beyond the limit */
  spendEdges(rows: number): void {
    this.edgeRows += rows;
    this.check();
  }

  /** Counts pixels of a picture that is decoded. @throws DrawingBudgetError beyond the limit */
  spendDecoding(pixels: number): void {
    this.decoded += pixels;
    this.check();
  }

  /** Counts runs of pixels before they are painted. @throws DrawingBudgetError beyond the limit */
  spendPainting(runs: number, pixels: number): void {
    this.runs += runs;
    this.pixels += pixels;
    this.check();
  }

  /** A callback that counts each run and then paints it. */
  counting(paint: Paint): Paint {
    return (from, to) => {
      this.spendPainting(1, to - from);
      paint(from, to);
    };
  }

  private check(): void {
    const painting = stepsOfRun * this.runs + this.pixels / pixelsOfStep;
    const decoding = stepsOfDecoding * this.decoded;
    if (this.edgeRows + painting + decoding <= mostWork) return;
    const millions = (count: number) => `${Math.ceil(count / 1e6).toLocaleString('en')} million`;
    const most = Math.max(this.edgeRows, painting, decoding);
    const reason =
      most === this.edgeRows
        ? `edges cross rows of pixels ${millions(this.edgeRows)} times or more`
        : most === painting
          ? `${millions(this.pixels)} pixels or more are covered, in ${millions(this.runs)} pieces`
          : `masks have ${millions(this.decoded)} pixels or more`;
    const shapes = this.shapes === 1 ? 'a shape takes' : `its ${this.shapes.toLocaleString('en')} shapes take`;
    throw new DrawingBudgetError(`${shapes} too much work to draw: ${reason}; use fewer or simpler shapes`);
  }
}
