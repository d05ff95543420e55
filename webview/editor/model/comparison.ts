import { agreementOf, type Agreement } from '../../../mask/agreement/agreement';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { ComparisonTarget } from '../../../protocol/editorPage';
import { Signal } from '../../common/emitter';
import { buildLookup } from '../renderer/lookup';
import type { Layer } from '../renderer/renderer';
import { groupingAt, groupingOf, type Grouping } from './grouping';
import type { Labelling } from './labelling';
import { Visibility } from './selection';

/** Milliseconds without a change after which agreement is measured again: it reads every pixel. */
const settled = 400;

interface Side {
  readonly regions: RegionMap;
  readonly grouping: Grouping;
}

/** What the mask is compared with, as it is drawn beside it, and how far the two agree. */
export class Comparison {
  against: ComparisonTarget | null = null;
  /** Null until it is measured, and where there is nothing to measure. */
  agreement: Agreement | null = null;
  readonly changed = new Signal();
  private side: Side | null = null;
  /** The mask that was last measured, or is about to be. */
  private meant: Grouping | null = null;
  private timer = 0;

  constructor(private readonly labelling: Labelling) {
    labelling.lookChanged.listen(() => {
      this.follow();
    });
  }

  set(against: ComparisonTarget | null): void {
    this.against = against;
    this.meant = null;
    this.renew();
  }

  /** The granularity to compare with, where that is what is compared. */
  slide(granularity: number): void {
    if (this.against?.kind === 'granularity') this.set({ kind: 'granularity', granularity });
  }

  /** Whether something is compared, which takes a mask. */
  get isShown(): boolean {
    return this.against !== null && this.labelling.grouping !== null;
  }

  /** The other side's labels to draw; null when nothing is compared, or there is no mask. */
  get layer(): Layer | null {
    if (!this.isShown) return null;
    if (!this.side) return { regions: null, lookup: new Uint32Array(2) };
    const lookup = buildLookup(this.side.grouping, {
      visibility: new Visibility(),
      selected: new Set(),
      offered: [],
      drafts: [],
    });
    return { regions: this.side.regions, lookup };
  }

  /** Labels on the other side; null where it has none. */
  get labels(): number | null {
    return this.side?.grouping.count ?? null;
  }

  private follow(): void {
    if (this.against) this.renew();
  }

  private renew(): void {
    const { grouping } = this.labelling;
    this.side = this.otherSide();
    if (grouping === null || grouping !== this.meant) {
      // hiding a label, for one, changes the look alone
      this.meant = grouping;
      this.agreement = null;
      window.clearTimeout(this.timer);
      if (this.side)
        this.timer = window.setTimeout(() => {
          this.measure();
        }, settled);
    }
    this.changed.emit();
  }

  private otherSide(): Side | null {
    const {
      against,
      labelling: { regions, hierarchy, mask },
    } = this;
    if (against?.kind === 'mask') return { regions: against, grouping: groupingOf(against.mask) };
    if (against?.kind !== 'granularity' || !regions || !hierarchy || !mask) return null;
    return { regions, grouping: groupingAt(hierarchy, against.granularity, mask) };
  }

  private measure(): void {
    const { regions, grouping, running } = this.labelling;
    const { side } = this;
    if (
      !side ||
      !regions ||
      !grouping ||
      running ||
      side.regions.width !== regions.width ||
      side.regions.height !== regions.height
    )
      return;
    this.agreement = agreementOf(labelsOf({ regions, grouping }), labelsOf(side));
    this.changed.emit();
  }
}

/** The label map of a side. */
function labelsOf({ regions: { width, height, ids }, grouping: { groupOf } }: Side): {
  width: number;
  height: number;
  labels: Uint16Array;
} {
  const labels = new Uint16Array(ids.length);
  for (let pixel = 0; pixel < ids.length; pixel++) labels[pixel] = groupOf[ids[pixel]];
  return { width, height, labels };
}
