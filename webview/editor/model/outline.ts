import { outlineChange, type OutlineChange } from '../../../mask/document/outlineChange';
import type { PixelRuns } from '../../../mask/regions/pixelRuns';
import { runsOfRegions } from '../../../mask/regions/runSets';
import { maxOutlinePoints, ringsOfRuns } from '../../../mask/shapes/labelRings';
import { RingSimplifier } from '../../../mask/shapes/simplifyRings';
import { Emitter } from '../../common/emitter';
import type { CornerPlace } from '../geometry/ringHits';
import type { Labelling } from './labelling';

/** The tolerances that the slider offers, in pixels of the map. */
export const tolerances = [0, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50] as const;
const largest = 50;
/** The most corners of an outline as it is first shown; above that the tolerance is raised. */
const comfortable = 3000;

/**
 * The outline of a label under edit: rings of corners, the tolerance that simplifies them, and the corner in hand. It
 * changes no mask; the tool sends it as one edit.
 */
export class Outline {
  /** Emits when rings, tolerance or the chosen corner have changed, or another label's outline is shown. */
  readonly changed = new Emitter();
  /** The representative of the label whose outline it is; null for none. */
  representative: number | null = null;
  rings: number[][] = [];
  chosen: CornerPlace | null = null;
  /** Whether the user has changed anything since the outline was read. */
  isTouched = false;
  /** Whether the tolerance was raised since there are very many corners. */
  isRaised = false;
  /** The tolerance in pixels, which stays from label to label. */
  private shownTolerance = 1;
  private wantedTolerance = 1;
  private runs: PixelRuns = new Uint32Array();
  /** Of the outline as it was read, or as it was changed by hand; null until it is asked for. */
  private simplifier: RingSimplifier | null = null;

  constructor(private readonly labelling: Labelling) {}

  get tolerance(): number {
    return this.shownTolerance;
  }

  /** Simplifies the outline as it was read, or as it was after the last change by hand. */
  set tolerance(tolerance: number) {
    this.wantedTolerance = tolerance;
    this.isTouched = true;
    this.simplify(tolerance, maxOutlinePoints);
  }

  get cornerCount(): number {
    return this.rings.reduce((sum, ring) => sum + ring.length / 2, 0);
  }

  /** Reads the outline of a label; null: shows none. The map must show no pending strokes. */
  read(representative: number | null): void {
    const { labelling } = this;
    const label = labelling.labelOfRegion(representative);
    this.representative = label && representative !== null ? representative : null;
    this.runs = this.currentRuns();
    this.simplifier = new RingSimplifier(ringsOfRuns(this.runs, labelling.regions?.width ?? 1), largest);
    this.isTouched = false;
    this.simplify(this.wantedTolerance, comfortable);
  }

  /** Whether the label still has the pixels that were read. */
  isCurrent(): boolean {
    const runs = this.currentRuns();
    return runs.length === this.runs.length && runs.every((value, i) => value === this.runs[i]);
  }

  /** Replaces rings by hand; the tolerance begins at 0 again, for what was done by hand. */
  change(rings: number[][], chosen: CornerPlace | null): void {
    this.rings = rings;
    this.chosen = chosen;
    this.isTouched = true;
    this.isRaised = false;
    this.shownTolerance = 0;
    this.simplifier = null;
    this.changed.emit();
  }

  /** Keeps the present state. @returns a function that returns to it */
  keep(): () => void {
    const { rings, chosen, isTouched, isRaised, shownTolerance, simplifier } = this;
    return () => {
      Object.assign(this, { rings, chosen, isTouched, isRaised, shownTolerance, simplifier });
      this.changed.emit();
    };
  }

  choose(chosen: CornerPlace | null): void {
    this.chosen = chosen;
    this.changed.emit();
  }

  /** The pixels that would change; null where no outline is shown. The map must show no pending strokes. */
  pixelChange(): OutlineChange | null {
    const { regions, mask } = this.labelling;
    const label = this.labelling.labelOfRegion(this.representative);
    if (!regions || !mask || !label) return null;
    const locked = new Set(mask.labels.filter(one => one.locked).map(one => one.value));
    const { width, height, ids } = regions;
    return outlineChange(
      {
        width,
        height,
        value: label.value,
        runs: this.runs,
        valueAt: pixel => mask.labelOf[ids[pixel] ?? -1] ?? 0,
        isLocked: value => locked.has(value),
      },
      this.rings,
    );
  }

  private simplify(tolerance: number, most: number): void {
    this.simplifier ??= new RingSimplifier(this.rings, largest);
    const least = this.simplifier.toleranceFor(most, tolerances);
    this.isRaised = least > tolerance;
    this.shownTolerance = Math.max(least, tolerance);
    this.rings = this.simplifier.at(this.shownTolerance);
    this.chosen = null;
    this.changed.emit();
  }

  private currentRuns(): PixelRuns {
    const { regions, mask } = this.labelling;
    const label = this.labelling.labelOfRegion(this.representative);
    if (!regions || !mask || !label) return new Uint32Array();
    return runsOfRegions(
      regions.ids,
      Uint8Array.from(mask.labelOf, value => (value === label.value ? 1 : 0)),
    );
  }
}
