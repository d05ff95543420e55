import type { PixelRuns } from '../../../mask/regions/pixelRuns';
import type { Labelling } from '../model/labelling';
import type { Outline } from '../model/outline';
import type { PendingStroke } from '../regions/pendingStrokes';
import type { Stage } from '../view/stage';

/** Shows the pixels that a changed outline would change, at most once a frame, by the host's own code. */
export class OutlinePreview {
  private strokes: PendingStroke[] = [];
  private isRequested = false;

  constructor(
    private readonly outline: Outline,
    private readonly labelling: Labelling,
    private readonly stage: Stage,
  ) {}

  /** Shows the changes with the next frame. */
  update(): void {
    if (this.isRequested) return;
    this.isRequested = true;
    requestAnimationFrame(() => {
      this.isRequested = false;
      if (this.outline.isTouched) this.draw();
      else this.clear();
    });
  }

  clear(): void {
    for (const stroke of this.strokes) this.labelling.endStroke(stroke);
    this.strokes = [];
  }

  private draw(): void {
    this.clear();
    const { labelling, outline } = this;
    const change = outline.pixelChange();
    const label = labelling.labelOfRegion(outline.representative);
    if (!change || !label) return;
    this.paint(change.gained, label.value);
    for (const [value, runs] of change.lost) this.paint(runs, value);
    this.stage.invalidate();
  }

  private paint(runs: PixelRuns, group: number): void {
    if (runs.length === 0) return;
    const { labelling } = this;
    const colour = labelling.grouping?.colours[group] ?? 0;
    const stroke = labelling.beginStroke({ colour: group === 0 ? 0 : colour, group, canCover: () => true });
    this.strokes.push(stroke);
    labelling.pendingStrokes.add(stroke, runs);
  }
}
