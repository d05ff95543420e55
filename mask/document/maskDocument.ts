import type { ClassList } from '../classes/classList';
import { fromHex } from '../colours/colour';
import { noRegion, type Cut } from '../regions/cut';
import { palette } from '../colours/palettes';
import { areasOf, scanOrder, type RegionMap } from '../regions/regionMap';
import type { Scribble } from './scribbles';
import { fixedRegions, labelsOf, type LabelProperties, type MaskState } from './maskState';

/** A label of a mask as it is listed. */
export interface Label {
  /** The value in the mask file, from 1; 0 is background and not listed. */
  readonly value: number;
  /** The id of its class; absent without one. The class list may not know it. */
  readonly class?: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  readonly locked: boolean;
  /** The number of pixels. */
  readonly area: number;
  /** The region that stands for the label at every granularity. */
  readonly representative: number;
}

/** A mask as a page shows it: its labels at its granularity, and the label of each region. */
export interface MaskView {
  granularity: number;
  /** By region: the value of its label. */
  labelOf: Uint16Array;
  labels: Label[];
  /** By region: 1 where the label is the same at every granularity. */
  fixed: Uint8Array;
  /** By region: the colour of the label that it stands for at any granularity; RGB, three bytes each. */
  colours: Uint8Array;
  scribbles?: readonly Scribble[];
}

/**
 * A mask under edit: its state, and what is derived from the state (labels, areas, pixels), which is computed once per
 * state. It serves any number of views. States are values, so undo sets an earlier one; see `MaskHistory`.
 */
export class MaskDocument {
  private current: MaskState;
  private measures: { regions: RegionMap; areas: Uint32Array; order: Uint32Array } | undefined;
  private labels: { state: MaskState; cut: Cut } | undefined;

  /**
   * @param classes the class list of the image's folder, where it is known: labels with a class of it show that class's
   * name and colour, whatever they were at the last save
   */
  constructor(
    state: MaskState,
    public classes?: ClassList,
  ) {
    this.current = state;
  }

  get state(): MaskState {
    return this.current;
  }

  get width(): number {
    return this.current.regions.width;
  }

  get height(): number {
    return this.current.regions.height;
  }

  /**
   * Replaces the state by another one of the same size. @throws Error when it has another size; then nothing changes
   */
  take(state: MaskState): void {
    const { width, height } = state.regions;
    if (width !== this.width || height !== this.height)
      throw new Error(`A mask of ${width}×${height} pixels cannot replace one of ${this.width}×${this.height}.`);
    this.current = state;
  }

  /** The labels at the granularity of the state, and the label of each region. */
  cut(): Cut {
    if (this.labels?.state !== this.current)
      this.labels = { state: this.current, cut: labelsOf(this.current, this.measured().order) };
    return this.labels.cut;
  }

  /** By region: the number of its pixels. */
  areas(): Uint32Array {
    return this.measured().areas;
  }

  /** The region that stands for the label `value`. @throws Error when no label has it. */
  representativeOf(value: number): number {
    const region = this.cut().representative[value - 1] ?? noRegion;
    if (region === noRegion) throw new Error(`The mask has no label ${value}.`);
    return region;
  }

  /** The mask as a page shows it; its labels are in the order of their values. */
  view(): MaskView {
    const { labelOf, representative } = this.cut();
    const { areas } = this.measured();
    const sizes = new Float64Array(representative.length + 1);
    for (let region = 0; region < labelOf.length; region++) sizes[labelOf[region]] += areas[region];
    const labels: Label[] = [];
    for (let value = 1; value <= representative.length; value++) {
      const region = representative[value - 1];
      if (region !== noRegion) labels.push(this.label(value, region, sizes[value]));
    }
    return {
      granularity: this.current.granularity,
      labelOf,
      labels,
      fixed: fixedRegions(this.current),
      colours: this.colours(),
      ...(this.current.scribbles && { scribbles: this.current.scribbles }),
    };
  }

  /** Whether the label that a region stands for was given a name, by a user, by its class or by a network's classes. */
  isNamed(representative: number): boolean {
    return this.given(representative).name !== undefined;
  }

  /** The pixels of the mask: one label value each, 0 for background, row-major. */
  labelMap(): Uint16Array {
    const { labelOf } = this.cut();
    const { ids } = this.current.regions;
    const map = new Uint16Array(ids.length);
    for (let p = 0; p < ids.length; p++) map[p] = labelOf[ids[p]];
    return map;
  }

  /** The colour that the label of `region` has unless a user gives it another. */
  defaultColour(region: number): string {
    return palette[this.current.colours[region]];
  }

  private label(value: number, representative: number, area: number): Label {
    const given = this.given(representative);
    return {
      value,
      ...(given.class !== undefined && { class: given.class }),
      area,
      representative,
      name: given.name ?? `Region ${value}`,
      colour: given.colour ?? this.defaultColour(representative),
      locked: given.locked ?? false,
    };
  }

  /** The properties of the label that a region stands for, with name and colour of its class where that is known. */
  private given(representative: number): LabelProperties {
    const properties = this.current.properties.get(representative) ?? {};
    const entry = this.classes?.byId(properties.class);
    return entry ? { ...properties, name: entry.name, colour: entry.colour } : properties;
  }

  private colours(): Uint8Array {
    const bytes = new Uint8Array(3 * this.current.regions.count);
    const rgb = palette.map(fromHex);
    this.current.colours.forEach((colour, region) => bytes.set(rgb[colour], 3 * region));
    for (const region of this.current.properties.keys()) {
      const { colour } = this.given(region);
      if (colour) bytes.set(fromHex(colour), 3 * region);
    }
    return bytes;
  }

  private measured() {
    const { regions } = this.current;
    if (this.measures?.regions !== regions)
      this.measures = { regions, areas: areasOf(regions), order: scanOrder(regions) };
    return this.measures;
  }
}
