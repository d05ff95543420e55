import { applyPatch, type Patch } from '../../../mask/regions/patch';
import type { PixelRuns } from '../../../mask/regions/pixelRuns';
import { maxRegions, type RegionMap } from '../../../mask/regions/regionMap';
import { Emitter } from '../../common/emitter';
import type { Rectangle } from '../geometry/viewTransform';

/** The appearance of a stroke, and the pixels that it may take. */
export interface StrokeStyle {
  /** Packed 24-bit colour. */
  readonly colour: number;
  /** The group that it paints; 0 where it erases. */
  readonly group: number;
  /** Whether the stroke may take pixels from a region. */
  readonly canCover: (region: number) => boolean;
}

/** A stroke that the host has not answered yet, as drawn on the page's map. */
export interface PendingStroke extends StrokeStyle {
  readonly runs: PixelRuns[];
  /** What the stroke covers, three numbers an entry: first pixel, number of pixels, region. */
  covered: number[];
}

/**
 * Draws strokes into the region map before the host has applied them, and removes them again. Each stroke has a region
 * of its own above the map's regions.
 */
export class PendingStrokes {
  /** Emits the part of the map that changed, in its pixels. */
  readonly changed = new Emitter<Rectangle>();
  readonly strokes: PendingStroke[] = [];
  private map: RegionMap | null = null;
  private dirty: { left: number; top: number; right: number; bottom: number } | null = null;

  /** Takes another map and drops all strokes, which belong to the previous one. */
  setMap(map: RegionMap | null): void {
    this.map = map;
    this.strokes.length = 0;
  }

  begin({ colour, group, canCover }: StrokeStyle): PendingStroke {
    const stroke: PendingStroke = { colour, group, canCover, runs: [], covered: [] };
    this.strokes.push(stroke);
    return stroke;
  }

  /** Adds pixels to a stroke. */
  add(stroke: PendingStroke, runs: PixelRuns): void {
    if (runs.length === 0 || !this.strokes.includes(stroke)) return;
    stroke.runs.push(runs);
    this.draw(stroke, runs);
  }

  /** Removes a stroke: the map is as the host has it. */
  end(stroke: PendingStroke): void {
    const index = this.strokes.indexOf(stroke);
    if (index < 0) return;
    this.withStrokesRemoved(() => {
      this.strokes.splice(index, 1);
    });
  }

  /**
   * Applies the host's changes of the map below the strokes.
   * @param count number of regions after the changes
   */
  patchBelow(count: number, patch: Pick<Patch, 'starts' | 'lengths' | 'after'>): RegionMap | null {
    this.withStrokesRemoved(() => {
      if (!this.map) return;
      this.map = { ...this.map, count };
      applyPatch(this.map.ids, patch);
      for (let run = 0; run < patch.starts.length; run++) this.markDirty(patch.starts[run], patch.lengths[run]);
    });
    return this.map;
  }

  /** Changes the map or the strokes while no stroke is drawn. */
  private withStrokesRemoved(action: () => void): void {
    const { map } = this;
    if (!map) return;
    for (const { covered } of [...this.strokes].reverse()) {
      for (let i = covered.length - 3; i >= 0; i -= 3) {
        map.ids.fill(covered[i + 2], covered[i], covered[i] + covered[i + 1]);
        this.markDirty(covered[i], covered[i + 1]);
      }
    }
    action();
    for (const stroke of this.strokes) {
      stroke.covered = [];
      for (const runs of stroke.runs) this.draw(stroke, runs);
    }
    this.flush();
  }

  private draw(stroke: PendingStroke, runs: PixelRuns): void {
    if (!this.map) return;
    const { ids, count } = this.map;
    const strokeRegion = count + this.strokes.indexOf(stroke);
    if (strokeRegion > maxRegions) return; // shown only once the host has answered
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i] + runs[i + 1];
      for (let p = runs[i]; p < end;) {
        const region = ids[p];
        let next = p + 1;
        while (next < end && ids[next] === region) next++;
        if (region !== strokeRegion && (region >= count || stroke.canCover(region))) {
          stroke.covered.push(p, next - p, region);
          ids.fill(strokeRegion, p, next);
        }
        p = next;
      }
      this.markDirty(runs[i], runs[i + 1]);
    }
    this.flush();
  }

  /** Adds a run of pixels to the part to redraw. The runs of a patch may span several rows. */
  private markDirty(start: number, length: number): void {
    const { width } = this.map!;
    const [top, bottom] = [Math.floor(start / width), Math.floor((start + length - 1) / width)];
    const [left, right] = top === bottom ? [start % width, (start % width) + length] : [0, width];
    const { dirty } = this;
    this.dirty = dirty
      ? {
          left: Math.min(dirty.left, left),
          top: Math.min(dirty.top, top),
          right: Math.max(dirty.right, right),
          bottom: Math.max(dirty.bottom, bottom),
        }
      : { left, top, right, bottom };
  }

  private flush(): void {
    if (!this.dirty) return;
    const { left, top, right, bottom } = this.dirty;
    this.dirty = null;
    this.changed.emit({ x: left, y: top, width: right - left, height: bottom - top + 1 });
  }
}
