import { fromHex } from '../colours/colour';
import { noRegion, type Cut } from '../regions/cut';
import { palette } from '../colours/palettes';
import { areasOf, scanOrder, type RegionMap } from '../regions/regionMap';
import type { Scribble } from './scribbles';
import { fixedRegions, labelsOf, type LabelProperties, type MaskState } from './maskState';

/** A label as shown. */
export interface Label {
  /** Value in the mask file, from 1; 0 is background and not listed. */
  readonly value: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
  readonly locked: boolean;
  /** Pixels. */
  readonly area: number;
  /** The region that stands for the label at every granularity. */
  readonly representative: number;
}

/** A mask as pages show it: its labels at its granularity, and which label each region has. */
export interface MaskView {
  granularity: number;
  /** Label value by region id. */
  labelOf: Uint16Array;
  labels: Label[];
  /** By region, 1 where the label is the same at every granularity. */
  fixed: Uint8Array;
  /** RGB, three bytes a region: the colour of the label that this region stands for at any granularity. */
  colours: Uint8Array;
  scribbles?: readonly Scribble[];
}

/**
 * A mask under edit: its state, and what follows from it (labels, areas, pixels), which is worked out once per state.
 * Serves any number of views. States are values, so undo is to take an earlier one; see `MaskHistory`.
 */
export class MaskDocument {
  private current: MaskState;
  private measures: { regions: RegionMap; areas: Uint32Array; order: Uint32Array } | undefined;
  private labels: { state: MaskState; cut: Cut } | undefined;

  constructor(state: MaskState) {
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

  /** Takes another state of the same size in pixels. @throws Error when it has another size, with nothing changed */
  take(state: MaskState): void {
    const { width, height } = state.regions;
    if (width !== this.width || height !== this.height)
      throw new Error(`A mask of ${width}×${height} pixels cannot replace one of ${this.width}×${this.height}.`);
    this.current = state;
  }

  /** Which label each region has. */
  cut(): Cut {
    if (this.labels?.state !== this.current)
      this.labels = { state: this.current, cut: labelsOf(this.current, this.measured().order) };
    return this.labels.cut;
  }

  /** Pixels of each region. */
  areas(): Uint32Array {
    return this.measured().areas;
  }

  /** The region that stands for the label `value`. @throws Error when no label has it. */
  representativeOf(value: number): number {
    const region = this.cut().representative[value - 1] ?? noRegion;
    if (region === noRegion) throw new Error(`The mask has no label ${value}.`);
    return region;
  }

  /** The labels with their names, colours and sizes, by value. */
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

  /** Whether the label that a region stands for was given a name, by a user or by a network's classes. */
  isNamed(representative: number): boolean {
    return this.current.properties.get(representative)?.name !== undefined;
  }

  /** The mask: a label value a pixel, 0 for background, row-major. */
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
    const given: LabelProperties = this.current.properties.get(representative) ?? {};
    return {
      value,
      area,
      representative,
      name: given.name ?? `Region ${value}`,
      colour: given.colour ?? this.defaultColour(representative),
      locked: given.locked ?? false,
    };
  }

  private colours(): Uint8Array {
    const bytes = new Uint8Array(3 * this.current.regions.count);
    const rgb = palette.map(fromHex);
    this.current.colours.forEach((colour, region) => bytes.set(rgb[colour], 3 * region));
    for (const [region, { colour }] of this.current.properties) if (colour) bytes.set(fromHex(colour), 3 * region);
    return bytes;
  }

  private measured() {
    const { regions } = this.current;
    if (this.measures?.regions !== regions)
      this.measures = { regions, areas: areasOf(regions), order: scanOrder(regions) };
    return this.measures;
  }
}
