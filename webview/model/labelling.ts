import type { Hierarchy } from '../../mask/hierarchy';
import type { RegionMap } from '../../mask/regions';
import type { LabelView, MaskView } from '../../protocol/editor';
import { Signal } from '../signal';
import { groupingAt, groupingOf, type Grouping } from './grouping';
import { Visibility } from './visibility';

/**
 * What the page shows of the mask: regions, labels, what is hidden and picked. The host's document is the truth; a slider step
 * is worked out here first and replaced by the host's answer.
 */
export class Labelling {
  regions: RegionMap | null = null;
  hierarchy: Hierarchy | null = null;
  /** Why there is no hierarchy, for the user. */
  hierarchyReason: string | undefined;
  mask: MaskView | null = null;
  grouping: Grouping | null = null;
  visibility = new Visibility();
  /** The base region that stands for the picked label. */
  selected: number | null = null;
  /** Set while the slider shows a granularity that the host has not answered yet. */
  private slid: number | null = null;
  private byGroup = new Map<number, LabelView>();
  private incoming: RegionMap | null = null;

  readonly regionsChanged = new Signal();
  /** Grouping, visibility or colours: the lookup table is to be rebuilt. */
  readonly lookChanged = new Signal();
  /** Another mask from the host, or none. */
  readonly maskChanged = new Signal();
  readonly selectionChanged = new Signal();

  /** Takes a new map, which is shown with the mask that comes next, so that no frame is without its overlay. */
  setRegions(regions: RegionMap): void {
    this.incoming = regions;
  }

  setHierarchy(hierarchy: Hierarchy | null, reason: string | undefined): void {
    this.hierarchy = hierarchy;
    this.hierarchyReason = reason;
    this.maskChanged.emit();
  }

  setMask(mask: MaskView | null): void {
    const regions = this.incoming ?? this.regions;
    const renew = regions !== this.regions;
    const carry = renew && regions && this.regions ? regionCarrier(this.regions, regions) : null;
    this.incoming = null;
    this.regions = regions;
    this.mask = mask?.labelOf.length === regions?.count ? mask : null;
    this.slid = null;
    this.byGroup = new Map(this.mask?.labels.map(label => [label.value, label]));
    this.grouping = this.mask && groupingOf(this.mask);
    if (carry && this.grouping) this.carryOver(carry, this.grouping);
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

  select(representative: number | null): void {
    this.selected = representative;
    this.selectionChanged.emit();
  }

  /** The label of a group, when the host has named it; none while the slider moves. */
  labelOf(group: number): LabelView | undefined {
    return this.slid === null ? this.byGroup.get(group) : undefined;
  }

  /** The base region that stands for a listed label. */
  representativeOf(label: LabelView): number {
    return this.mask && this.grouping && this.slid === null ? this.grouping.representative[label.value] : label.representative ?? -1;
  }

  /** The group that the picked label is in now; 0 for none. */
  get selectedGroup(): number {
    return this.selected === null ? 0 : this.grouping?.groupOf[this.selected] ?? 0;
  }

  /** The group at a position in shares of the picture's width and height (0 … 1); 0 for none. */
  groupAt(x: number, y: number): number {
    const { regions, grouping } = this;
    if (!regions || !grouping || x < 0 || y < 0 || x >= 1 || y >= 1) return 0;
    return grouping.groupOf[regions.ids[Math.floor(y * regions.height) * regions.width + Math.floor(x * regions.width)]];
  }

  /** Names what is hidden and picked by the regions of a new map. */
  private carryOver(carry: (region: number) => number | null, { groupOf, representative }: Grouping): void {
    const rename = (region: number): number | null => {
      const group = groupOf[carry(region) ?? -1];
      return group ? representative[group] : null;
    };
    this.visibility = this.visibility.map(rename);
    this.selected = this.selected === null ? null : rename(this.selected);
  }
}

/** From a region of one map to the region of another map that lies where the middle one of its pixels lay. */
function regionCarrier(from: RegionMap, to: RegionMap): (region: number) => number | null {
  return region => {
    const pixels: number[] = [];
    for (let pixel = 0; pixel < from.ids.length; pixel++) if (from.ids[pixel] === region) pixels.push(pixel);
    if (pixels.length === 0) return null;
    const pixel = pixels[pixels.length >> 1];
    const x = Math.floor((((pixel % from.width) + 0.5) * to.width) / from.width);
    const y = Math.floor(((Math.floor(pixel / from.width) + 0.5) * to.height) / from.height);
    return to.ids[y * to.width + x];
  };
}
