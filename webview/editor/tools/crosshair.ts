import type { Point } from '../geometry/columns';
import type { Labelling } from '../model/labelling';
import type { Stage } from '../view/stage';
import type { ToolOverlay } from '../view/stageOverlays';

/** CSS pixels by which a key moves the crosshair, but at least a pixel of the map. */
const step = 8;
/** CSS pixels between the crosshair and the stage's edge that are kept in sight. */
const edge = 24;

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A crosshair on the picture that arrow keys move, in place of the pointer. */
export class Crosshair {
  /** Its place, in pixels of the map with fractions; null while it is hidden. */
  private place: Point | null = null;

  constructor(
    private readonly stage: Stage,
    private readonly labelling: Labelling,
    private readonly overlay: ToolOverlay,
  ) {
    stage.viewChanged.listen(() => {
      this.show();
    });
  }

  get at(): Point | null {
    return this.place;
  }

  /**
   * Moves the crosshair where the key is an arrow; the first arrow only shows it.
   * @param start where it is shown first, in pixels of the map; null: in the middle of what is in sight
   * @returns whether the key is an arrow
   */
  move(key: string, start: Point | null): boolean {
    const direction = directions[key];
    const { regions } = this.labelling;
    if (!direction || !regions) return false;
    if (this.place) {
      const size = Math.max(1, (step * regions.width) / (this.stage.picture?.size.width ?? 1) / this.stage.pixelSize);
      this.place = within(regions, this.place.x + size * direction.x, this.place.y + size * direction.y);
      this.keepInSight();
    } else {
      const middle = start ?? this.middle;
      this.place = middle && within(regions, middle.x, middle.y);
    }
    this.show();
    return true;
  }

  hide(): void {
    this.place = null;
    this.show();
  }

  /** The middle of the mask's column, in pixels of the map. */
  private get middle(): Point | null {
    const { left, top, right, bottom } = this.stage.maskBox;
    return this.stage.toMap({ x: (left + right) / 2, y: (top + bottom) / 2 });
  }

  private keepInSight(): void {
    const at = this.place && this.stage.fromMap(this.place.x, this.place.y);
    if (!at) return;
    const { left, top, right, bottom } = this.stage.maskBox;
    const dx = Math.max(0, left + edge - at.x) - Math.max(0, at.x - right + edge);
    const dy = Math.max(0, top + edge - at.y) - Math.max(0, at.y - bottom + edge);
    if (dx !== 0 || dy !== 0) this.stage.pan(dx, dy);
  }

  private show(): void {
    this.overlay.crosshair(this.place);
  }
}

/** The nearest middle of a pixel within a map. */
function within({ width, height }: { readonly width: number; readonly height: number }, x: number, y: number): Point {
  const pixel = (at: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(at))) + 0.5;
  return { x: pixel(x, width), y: pixel(y, height) };
}
