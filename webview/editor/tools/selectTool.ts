import { pixelsPerGroup } from '../regions/regionQueries';
import type { Drag, PointerPosition } from '../view/gestures';
import type { Tool } from './tool';
import {
  canPaint,
  labelUnderPointer,
  pixelUnderPointer,
  requestPaint,
  selectUnderPointer,
  type ToolContext,
} from './toolContext';

/** CSS pixels that Shift and a press must be dragged to select by a rectangle rather than by a click. */
const minimumDiagonal = 4;

/**
 * Selects labels: one by a click, more with Shift or Ctrl, all in a rectangle by Shift and dragging. Dragging without
 * these keys pans.
 */
export class SelectTool implements Tool {
  readonly paints = false;

  constructor(private readonly context: ToolContext) {}

  onPress(start: PointerPosition): Drag | null {
    if (!start.shift) return null;
    const { overlay, labelling } = this.context;
    return {
      onMove: positions => {
        const end = positions.at(-1);
        if (end) overlay.rectangle({ from: start, to: end });
      },
      onRelease: end => {
        overlay.rectangle(null);
        if (Math.hypot(end.x - start.x, end.y - start.y) < minimumDiagonal) this.onClick(end);
        else labelling.select(this.labelsInRectangle(start, end), 'add');
      },
      onCancel: () => {
        overlay.rectangle(null);
      },
    };
  }

  onClick(position: PointerPosition): void {
    if (!position.shift && !position.toggle) {
      selectUnderPointer(this.context, position);
      return;
    }
    const label = labelUnderPointer(this.context, position);
    if (label !== null) this.context.labelling.select([label], 'toggle');
  }

  /** The shown labels that have at least half of their pixels in a rectangle of the stage, by their representatives. */
  private labelsInRectangle(from: PointerPosition, to: PointerPosition): number[] {
    const { labelling, stage } = this.context;
    const { regions, grouping, mask, drawn } = labelling;
    const [start, end] = [stage.toMap(from), stage.toMap(to)];
    if (!regions || !grouping || !mask || !start || !end) return [];
    const inside = pixelsPerGroup(regions, grouping, start, end);
    return mask.labels
      .filter(label => 2 * (inside[label.value] ?? 0) >= label.area)
      .map(label => labelling.representativeOf(label))
      .filter(representative => drawn.shows(representative));
  }
}

/** Gives the connected part under the pointer to the target. */
export class FillTool implements Tool {
  readonly paints = true;

  constructor(private readonly context: ToolContext) {}

  onClick(position: PointerPosition): void {
    if (position.alt) {
      selectUnderPointer(this.context, position);
      return;
    }
    const target = this.context.targets.current;
    const pixel = pixelUnderPointer(this.context, position);
    if (pixel && canPaint(this.context, target))
      requestPaint(this.context, target, into => ({ kind: 'fill', into, ...pixel }));
  }

  onDoubleClick(): boolean {
    return true;
  }
}

/** Selects the label under the pointer to paint with it, and activates the previous tool again. */
export class PickTool implements Tool {
  readonly paints = false;

  constructor(
    private readonly context: ToolContext,
    private readonly activatePrevious: () => void,
  ) {}

  onClick(position: PointerPosition): void {
    selectUnderPointer(this.context, position);
    this.activatePrevious();
  }
}
