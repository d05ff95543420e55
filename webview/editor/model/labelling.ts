import type { Hierarchy } from '../../../mask/regions/hierarchy';
import type { Patch } from '../../../mask/regions/patch';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { LabelView, MaskView } from '../../../protocol/editorPage';
import { Signal } from '../../common/emitter';
import { regionCarrier } from './carry';
import { groupingAt, groupingOf, type Grouping } from './grouping';
import { Drafts, type Draft } from './pendingStrokes';
import { Selection, Visibility } from './selection';

type MapPatch = Pick<Patch, 'starts' | 'lengths' | 'after'> & { readonly count: number };

/**
 * What the page shows of the mask: regions, labels, what is hidden and picked. The host's document is the truth; a
 * slider step is worked out here first and replaced by the host's answer.
 */
export class Labelling {
  regions: RegionMap | null = null;
  hierarchy: Hierarchy | null = null;
  /** Why there is no hierarchy, for the user. */
  hierarchyReason: string | undefined;
  mask: MaskView | null = null;
  grouping: Grouping | null = null;
  visibility = new Visibility();
  readonly selection = new Selection();
  /** Strokes that the host has not answered yet. */
  readonly drafts = new Drafts();
  /** A segmentation is going: labels cannot be changed. */
  private going = false;
  /** Regions that a tool offers to take. */
  offered: readonly number[] = [];
  /** Set while the slider shows a granularity that the host has not answered yet. */
  private slid: number | null = null;
  private byGroup = new Map<number, LabelView>();
  private incoming: RegionMap | null = null;
  private patch: MapPatch | null = null;

  readonly regionsChanged = new Signal();
  /** Grouping, visibility or colours: the lookup table is to be rebuilt. */
  readonly lookChanged = new Signal();
  /** Another mask from the host, or none. */
  readonly maskChanged = new Signal();
  readonly selectionChanged = new Signal();
  /** A segmentation has begun or ended. */
  readonly runningChanged = new Signal();

  get running(): boolean {
    return this.going;
  }

  set running(running: boolean) {
    if (running === this.going) return;
    this.going = running;
    this.runningChanged.emit();
  }

  /** Takes a new map, which is shown with the mask that comes next, so that no frame is without its overlay. */
  setRegions(regions: RegionMap): void {
    this.incoming = regions;
    this.patch = null;
  }

  /** Takes changes of the map, which are shown with the mask that comes next. */
  changeRegions(patch: MapPatch): void {
    this.showPatch(); // two in a row: the host undid an edit before it sent the mask after it
    this.patch = patch;
  }

  setHierarchy(hierarchy: Hierarchy | null, reason: string | undefined): void {
    this.hierarchy = hierarchy;
    this.hierarchyReason = reason;
    this.maskChanged.emit();
  }

  setMask(mask: MaskView | null): void {
    const renew = this.incoming !== null;
    const carry = this.incoming && this.regions ? regionCarrier(this.regions, this.incoming) : null;
    if (renew) {
      this.regions = this.incoming;
      this.drafts.setMap(this.regions);
    }
    this.incoming = null;
    this.showPatch();
    const { regions } = this;
    this.mask = mask?.labelOf.length === regions?.count ? mask : null;
    this.slid = null;
    this.byGroup = new Map(this.mask?.labels.map(label => [label.value, label]));
    this.grouping = this.mask && groupingOf(this.mask);
    if (carry && this.grouping) this.carryOver(carry, this.grouping);
    else if (this.mask && this.grouping) this.follow(this.mask, this.grouping);
    if (renew) this.regionsChanged.emit();
    this.maskChanged.emit();
    this.lookChanged.emit();
  }

  /** Shows another granularity at once; the host's next mask ends it. */
  slide(granularity: number): void {
    if (!this.mask || !this.hierarchy) return;
    this.slid = granularity;
    this.grouping = groupingAt(this.hierarchy, granularity, this.mask);
    this.lookChanged.emit();
  }

  /** Returns to the host's mask, as after a refused request. */
  endSlide(): void {
    if (this.slid !== null) this.setMask(this.mask);
  }

  /** Shows a label in another colour at once, without asking the host yet. */
  tint(value: number, colour: number): void {
    if (!this.grouping || this.slid !== null) return;
    this.grouping.colours[value] = colour;
    this.lookChanged.emit();
  }

  setVisibility(visibility: Visibility): void {
    this.visibility = visibility;
    this.lookChanged.emit();
  }

  /** Selects labels by the regions that stand for them: these alone, more, or with each the other way round. */
  select(representatives: readonly number[], how: 'alone' | 'more' | 'toggle' = 'alone'): void {
    if (how === 'alone') this.selection.set(representatives);
    else if (how === 'more') this.selection.add(representatives);
    else for (const one of representatives) this.selection.toggle(one);
    this.selectionChanged.emit();
    this.lookChanged.emit();
  }

  /** Begins to draw a stroke; see `Drafts`. */
  beginDraft(look: Pick<Draft, 'colour' | 'group' | 'takes'>): Draft {
    const draft = this.drafts.begin(look);
    this.lookChanged.emit();
    return draft;
  }

  /** Takes a stroke out again: the host has answered. */
  endDraft(draft: Draft): void {
    this.drafts.end(draft);
    this.lookChanged.emit();
  }

  /** Shows regions as offered by a tool. */
  offer(regions: readonly number[]): void {
    if (regions.length === 0 && this.offered.length === 0) return;
    this.offered = regions;
    this.lookChanged.emit();
  }

  /** The label of a group, when the host has named it; none while the slider moves. */
  labelOf(group: number): LabelView | undefined {
    return this.slid === null ? this.byGroup.get(group) : undefined;
  }

  /** The base region that stands for a listed label. */
  representativeOf(label: LabelView): number {
    return this.mask && this.grouping && this.slid === null
      ? this.grouping.representative[label.value]
      : (label.representative ?? -1);
  }

  /** The groups that the selected labels are in now. */
  get selectedGroups(): Set<number> {
    return new Set(this.selection.all.map(one => this.groupOf(one)).filter(group => group !== 0));
  }

  /** The selected labels as the host has named them, in the order of their selection. */
  get selectedLabels(): LabelView[] {
    return [...this.selectedGroups].map(group => this.labelOf(group)).filter(label => label !== undefined);
  }

  /** The label that a region stands for. */
  labelOfRegion(region: number | null): LabelView | undefined {
    return region === null ? undefined : this.labelOf(this.groupOf(region));
  }

  /** The group of a region; 0 for background, and for what is none. */
  groupOf(region: number): number {
    return this.grouping?.groupOf[region] ?? 0;
  }

  /** The group at a position in shares of the picture's width and height (0 … 1); 0 for none. */
  groupAt(x: number, y: number): number {
    const { regions, grouping } = this;
    if (!regions || !grouping || x < 0 || y < 0 || x >= 1 || y >= 1) return 0;
    return this.groupOf(regions.ids[Math.floor(y * regions.height) * regions.width + Math.floor(x * regions.width)]);
  }

  /** Names what is hidden and picked by the regions of a new map. */
  private carryOver(carry: (region: number) => number | null, { groupOf, representative }: Grouping): void {
    const rename = (region: number): number | null => {
      const group = groupOf[carry(region) ?? -1];
      return group ? representative[group] : null;
    };
    this.visibility = this.visibility.map(rename);
    this.selection.rename(rename);
  }

  /** Keeps what is hidden and picked with its labels, which an edit gives other regions to stand for them. */
  private follow({ fixed }: MaskView, { groupOf, representative }: Grouping): void {
    const standing = (region: number): number | null =>
      fixed?.[region] && groupOf[region] ? representative[groupOf[region]] : null;
    this.selection.follow(standing, region => Boolean(groupOf[region]));
    this.visibility = this.visibility.map(region => standing(region) ?? region);
  }

  private showPatch(): void {
    const { patch } = this;
    this.patch = null;
    if (patch) this.regions = this.drafts.patch(patch.count, patch);
  }
}
