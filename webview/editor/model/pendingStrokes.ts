import { applyPatch, type Patch } from '../../../mask/regions/patch';
import type { PixelRuns } from '../../../mask/regions/pixelRuns';
import { maxRegions, type RegionMap } from '../../../mask/regions/regionMap';
import type { PixelArea } from '../renderer/renderer';
import { Signal } from '../../common/emitter';

/** A stroke that the host has not answered yet, as drawn on the page's map. */
export interface Draft {
  readonly colour: number;
  /** 0 where it erases. */
  readonly group: number;
  /** Whether a region may lose pixels to it. */
  readonly takes: (region: number) => boolean;
  readonly runs: PixelRuns[];
  /** What was under it: pixel, pixels, region. */
  under: number[];
}

/**
 * Draws strokes into a map before the host knows of them, and takes them out again. Each has a region of its own beyond
 * the map's.
 */
export class Drafts {
  readonly changed = new Signal<PixelArea>();
  readonly open: Draft[] = [];
  private map: RegionMap | null = null;

  /** Takes another map, without strokes: they were of the one before. */
  setMap(map: RegionMap | null): void {
    this.map = map;
    this.open.length = 0;
  }

  begin(look: Pick<Draft, 'colour' | 'group' | 'takes'>): Draft {
    const draft = { ...look, runs: [], under: [] };
    this.open.push(draft);
    return draft;
  }

  /** Draws pixels. */
  add(draft: Draft, runs: PixelRuns): void {
    if (runs.length === 0 || !this.open.includes(draft)) return;
    draft.runs.push(runs);
    this.draw(draft, runs);
  }

  /** Ends a stroke: the map is as the host has it. */
  end(draft: Draft): void {
    const at = this.open.indexOf(draft);
    if (at >= 0)
      this.without(() => {
        this.open.splice(at, 1);
      });
  }

  /** Changes the map as the host says, below the strokes. */
  patch(count: number, patch: Pick<Patch, 'starts' | 'lengths' | 'after'>): RegionMap | null {
    this.without(() => {
      if (!this.map) return;
      this.map = { ...this.map, count };
      applyPatch(this.map.ids, patch);
      for (let run = 0; run < patch.starts.length; run++) this.tell(patch.starts[run], patch.lengths[run]);
    });
    return this.map;
  }

  /** Does something to the map while no stroke is on it. */
  private without(action: () => void): void {
    const { map } = this;
    if (!map) return;
    for (const { under } of [...this.open].reverse()) {
      for (let i = under.length - 3; i >= 0; i -= 3) {
        map.ids.fill(under[i + 2], under[i], under[i] + under[i + 1]);
        this.tell(under[i], under[i + 1]);
      }
    }
    action();
    for (const draft of this.open) {
      draft.under = [];
      for (const runs of draft.runs) this.draw(draft, runs);
    }
    this.flush();
  }

  private draw(draft: Draft, runs: PixelRuns): void {
    if (!this.map) return;
    const { ids, count } = this.map;
    const own = count + this.open.indexOf(draft);
    if (own > maxRegions) return; // seen only once the host has answered
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i] + runs[i + 1];
      for (let p = runs[i]; p < end;) {
        const region = ids[p];
        let next = p + 1;
        while (next < end && ids[next] === region) next++;
        if (region !== own && (region >= count || draft.takes(region))) {
          draft.under.push(p, next - p, region);
          ids.fill(own, p, next);
        }
        p = next;
      }
      this.tell(runs[i], runs[i + 1]);
    }
    this.flush();
  }

  private dirty: { left: number; top: number; right: number; bottom: number } | null = null;

  /** Notes a run as changed. Runs of a patch may go over several rows. */
  private tell(start: number, length: number): void {
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
