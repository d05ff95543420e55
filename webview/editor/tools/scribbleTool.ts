import { maxPoints } from '../../../mask/regions/pixelRuns';
import type { ScribbleLabels } from '../model/labelNames';
import { passesNear } from '../regions/regionQueries';
import type { Drag, PointerPosition } from '../view/gestures';
import type { ScribbleLayer } from '../view/scribbleLayer';
import type { BrushSize } from './brushTool';
import type { KeyPress, Tool } from './tool';
import type { ToolContext } from './toolContext';

/** The least distance from a scribble, in pixels of the map, within which a click deletes it. */
const minimumReach = 6;

/** Draws scribbles, which guide a segmentation. They are lines over the picture and change no label. */
export class ScribbleTool implements Tool {
  readonly paints = false;

  constructor(
    private readonly context: ToolContext,
    private readonly size: BrushSize,
    private readonly labels: ScribbleLabels,
    private readonly layer: ScribbleLayer,
  ) {}

  onPress(start: PointerPosition): Drag | null {
    const { stage, labelling, queue } = this.context;
    if (start.alt || !labelling.mask || labelling.running) return null;
    const { name, colour } = this.labels.current;
    const size = this.size.value;
    const points: number[] = [];
    const onMove = (positions: readonly PointerPosition[]): void => {
      for (const position of positions) {
        const point = stage.toMap(position);
        if (!point || points.length >= 2 * maxPoints) continue;
        const [x, y] = [Math.round(2 * point.x) / 2, Math.round(2 * point.y) / 2];
        if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
      }
      this.layer.drawStroke({ colour, size, points });
    };
    const clear = (): void => {
      this.layer.drawStroke(null);
    };
    onMove([start]);
    return {
      onMove,
      onRelease: () => {
        queue.add({ request: () => ({ kind: 'scribble', name, colour, size, points }), onDone: clear });
      },
      onCancel: clear,
    };
  }

  /** Deletes the scribble under the pointer when Alt is held. */
  onClick(position: PointerPosition): void {
    const { labelling, stage, queue } = this.context;
    const point = stage.toMap(position);
    if (!position.alt || !point) return;
    const index = (labelling.mask?.scribbles ?? []).findLastIndex(({ points, size }) =>
      passesNear(points, point, Math.max(size / 2, minimumReach)),
    );
    if (index >= 0) queue.add({ request: () => ({ kind: 'unscribble', indices: [index] }) });
  }

  onDoubleClick(): boolean {
    return true;
  }

  onHover(position: PointerPosition): void {
    const point = this.context.stage.toMap(position);
    if (point) this.context.overlay.brush({ ...point, size: this.size.value });
  }

  onLeave(): void {
    this.context.overlay.brush(null);
  }

  onDeactivate(): void {
    this.onLeave();
  }

  onAdjust(steps: number): void {
    this.size.step(steps);
  }

  onKey({ key }: KeyPress): boolean {
    return this.labels.handleKey(key);
  }
}
