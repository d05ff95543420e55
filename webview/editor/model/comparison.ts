import { agreementOf, type Agreement } from '../../../mask/agreement/agreement';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { ComparisonTarget } from '../../../protocol/editorPage';
import { Emitter } from '../../common/emitter';
import { groupingAt, groupingOf, labelMap, type Grouping } from '../regions/grouping';
import type { Labelling } from './labelling';

/** Milliseconds without a change before agreement is measured again, which reads every pixel. */
const measureDelay = 400;

/** Labels of the picture other than the mask's. */
export interface ComparedLabels {
  readonly regions: RegionMap;
  readonly grouping: Grouping;
}

/** What the mask is compared with, and how far the two agree. */
export class Comparison {
  against: ComparisonTarget | null = null;
  /** The labels compared with; null where nothing is compared, or the plain picture. */
  labels: ComparedLabels | null = null;
  /** Null until it is measured, and where there are no labels to measure against. */
  agreement: Agreement | null = null;
  readonly changed = new Emitter();
  /** The mask that was measured last, or is to be measured after the delay. */
  private measuredGrouping: Grouping | null = null;
  private timer = 0;

  constructor(private readonly labelling: Labelling) {
    labelling.appearanceChanged.listen(() => {
      if (this.against) this.update();
    });
  }

  set(against: ComparisonTarget | null): void {
    this.against = against;
    this.measuredGrouping = null;
    this.update();
  }

  /** Changes the granularity to compare with; does nothing where the mask is compared with something else. */
  setGranularity(granularity: number): void {
    if (this.against?.kind === 'granularity') this.set({ kind: 'granularity', granularity });
  }

  /** Whether a comparison is shown, which takes a mask. */
  get isShown(): boolean {
    return this.against !== null && this.labelling.grouping !== null;
  }

  private update(): void {
    const { grouping } = this.labelling;
    this.labels = this.comparedLabels();
    // The same grouping means that only the appearance changed: a label was hidden, say.
    if (grouping === null || grouping !== this.measuredGrouping) {
      this.measuredGrouping = grouping;
      this.agreement = null;
      window.clearTimeout(this.timer);
      if (this.labels)
        this.timer = window.setTimeout(() => {
          this.measure();
        }, measureDelay);
    }
    this.changed.emit();
  }

  private comparedLabels(): ComparedLabels | null {
    const { against } = this;
    const { regions, hierarchy, mask } = this.labelling;
    if (against?.kind === 'mask') return { regions: against, grouping: groupingOf(against.mask) };
    if (against?.kind !== 'granularity' || !regions || !hierarchy || !mask) return null;
    return { regions, grouping: groupingAt(hierarchy, against.granularity, mask) };
  }

  private measure(): void {
    const { labels } = this;
    const { regions, grouping, running } = this.labelling;
    if (!labels || !regions || !grouping || running) return;
    if (labels.regions.width !== regions.width || labels.regions.height !== regions.height) return;
    this.agreement = agreementOf(labelMap(regions, grouping), labelMap(labels.regions, labels.grouping));
    this.changed.emit();
  }
}
