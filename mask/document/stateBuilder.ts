import { representativesAt } from '../regions/cut';
import type { MaskView, Label, MaskDocument } from './maskDocument';
import { ColourUses, palette } from '../colours/palettes';
import type { PixelRuns } from '../regions/pixelRuns';
import { checkRegionCount } from '../regions/regionMap';
import {
  background,
  checkPins,
  fixedRegions,
  sameProperties,
  tidyProperties,
  type ChangedProperties,
  type LabelProperties,
  type MaskState,
} from './maskState';

/**
 * The target of an edit that paints: a label by its present value, 0 for background, or a label that does not exist
 * yet, without a class or of a class of the document's list.
 */
export type EditTarget = number | 'new' | { readonly newOf: number };

/**
 * Builds the state after an edit of labels and pixels. A label that is changed becomes fixed: a region outside the
 * hierarchy stands for it from then on, and no granularity changes it. Locked labels lose no pixels. Regions that an
 * edit takes completely are pinned, so that the hierarchy below them stays known; only others are painted over.
 */
export class StateBuilder {
  readonly view: MaskView;
  /** By region: the number of its pixels before the edit. */
  readonly areas: Uint32Array;
  private readonly before: MaskState;
  private readonly firstFixed: number;
  private readonly pins: Map<number, number>;
  private readonly targets: Set<number>;
  private readonly properties: Map<number, LabelProperties>;
  private readonly colours: number[];
  private readonly locked: Uint8Array;
  private readonly shown: ColourUses;
  private ids: Uint16Array;
  private changed = false;

  constructor(document: MaskDocument) {
    this.view = document.view();
    this.areas = document.areas();
    this.before = document.state;
    this.firstFixed = this.before.hierarchy?.count ?? 0;
    this.pins = new Map(this.before.pins);
    this.targets = new Set(this.before.pins.values());
    this.properties = new Map(this.before.properties);
    this.colours = [...this.before.colours];
    this.shown = new ColourUses(this.view.labels.map(label => label.colour));
    this.ids = this.before.regions.ids;
    this.locked = new Uint8Array(65536);
    for (const { value, locked } of this.view.labels) if (locked) this.locked[value] = 1;
  }

  /** The label with a value, for an edit of it. @throws Error when there is none, or when a user has locked it */
  editable(value: number): Label {
    const label = this.view.labels.find(one => one.value === value);
    if (!label) throw new Error(`The mask has no label ${value}.`);
    if (label.locked) throw new Error(`‘${label.name}’ is locked. Unlock it to change it.`);
    return label;
  }

  /** The regions of a label. */
  regionsOf(value: number): number[] {
    return [...this.view.labelOf.keys()].filter(region => this.view.labelOf[region] === value);
  }

  /** Makes a label fixed. @returns the region that stands for it from then on */
  makeFixed({ value, representative }: Label): number {
    if (representative >= this.firstFixed) return representative;
    const region = this.newRegion(this.colours[representative], this.properties.get(representative));
    this.properties.delete(representative);
    for (const one of this.regionsOf(value)) this.pin(one, region);
    return region;
  }

  /** Adds the region of a new label without pixels. It gets a colour of its own unless one is given. */
  newRegion(colour = this.shown.next(), properties?: LabelProperties): number {
    const region = this.colours.length;
    checkRegionCount(region + 1);
    this.colours.push(colour);
    this.shown.add(properties?.colour ?? palette[colour]);
    if (properties) this.properties.set(region, properties);
    return region;
  }

  /** Sets properties of the label that a region stands for; its other properties stay. */
  setProperties(region: number, properties: ChangedProperties): void {
    const before = this.properties.get(region) ?? {};
    const after = tidyProperties({ ...before, ...properties });
    if (sameProperties(before, after ?? {})) return;
    if (after) this.properties.set(region, after);
    else this.properties.delete(region);
    this.changed = true;
  }

  /** Gives regions with all their pixels to a fixed label or to the background, except regions of locked labels. */
  giveRegions(regions: Iterable<number>, target: number): void {
    for (const region of regions) if (this.isFree(region)) this.pin(region, target);
  }

  /**
   * Lets regions of the hierarchy follow it again, as if they had never been given to a label or to the background,
   * except regions of locked labels.
   */
  releaseRegions(regions: Iterable<number>): void {
    for (const region of regions) {
      if (region >= this.firstFixed || !this.pins.has(region) || !this.isFree(region)) continue;
      this.pins.delete(region);
      this.changed = true;
    }
  }

  /** Whether giving pixels to a label or to the background would change any pixel. */
  wouldChange(runs: PixelRuns, value: EditTarget): boolean {
    let changes = false;
    this.forEachPiece(runs, region => {
      changes ||= this.isFree(region) && this.view.labelOf[region] !== value;
    });
    return changes;
  }

  /** Gives pixels to a fixed label or to the background, except pixels of locked labels. */
  givePixels(runs: PixelRuns, target: number): void {
    const counts = new Map<number, number>();
    this.forEachPiece(runs, (region, length) => {
      counts.set(region, (counts.get(region) ?? 0) + length);
    });
    const painted = new Set<number>();
    for (const [region, pixels] of counts) {
      if (!this.isFree(region) || this.pinnedTo(region) === target) continue;
      if (pixels === this.areas[region] && !this.targets.has(region) && region < this.before.regions.count)
        this.pin(region, target);
      else painted.add(region);
    }
    if (painted.size === 0) return;
    const colour = target === background ? this.backgroundRegion() : target;
    const ids = this.copiedMap();
    this.forEachPiece(runs, (region, length, start) => {
      if (painted.has(region)) ids.fill(colour, start, start + length);
    });
  }

  /** The state after the edit; null when nothing has changed. */
  finish(): MaskState | null {
    if (!this.changed) return null;
    const { before, pins, properties } = this;
    const values = new Map([...before.values].filter(([region]) => !pins.has(region)));
    const regions = { ...before.regions, count: this.colours.length, ids: this.ids };
    this.renameOrphans();
    checkPins(pins);
    return { ...before, regions, pins, properties, values, colours: Uint8Array.from(this.colours) };
  }

  private pin(region: number, target: number): void {
    if (region === target || this.pins.get(region) === target) return;
    this.pins.set(region, target);
    this.targets.add(target);
    this.changed = true;
  }

  private pinnedTo(region: number): number {
    return this.pins.get(region) ?? region;
  }

  /** Whether a region may lose pixels: it is not of this edit, and its label is not locked. */
  private isFree(region: number): boolean {
    return region < this.before.regions.count && this.locked[this.view.labelOf[region]] === 0;
  }

  /** The region to paint background with. */
  private backgroundRegion(): number {
    for (const [region, target] of this.pins)
      if (target === background && region >= this.firstFixed && !this.targets.has(region)) return region;
    const region = this.newRegion();
    this.pin(region, background);
    return region;
  }

  /** The copy of the map that this edit paints on. */
  private copiedMap(): Uint16Array {
    if (this.ids === this.before.regions.ids) this.ids = this.ids.slice();
    this.changed = true;
    return this.ids;
  }

  /** Calls `onPiece` for each piece of the runs that lies in one region. */
  private forEachPiece(runs: PixelRuns, onPiece: (region: number, length: number, start: number) => void): void {
    const { ids } = this;
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i] + runs[i + 1];
      for (let start = runs[i]; start < end;) {
        const region = ids[start];
        let next = start + 1;
        while (next < end && ids[next] === region) next++;
        onPiece(region, next - start, start);
        start = next;
      }
    }
  }

  /**
   * Passes name and colour of each label that another region stands for than before to that region: where its
   * representative was taken away, or where it was given back a region that comes first in the hierarchy.
   */
  private renameOrphans(): void {
    const { hierarchy, granularity, regions } = this.before;
    if (!hierarchy) return;
    const representatives = representativesAt(
      hierarchy,
      granularity,
      fixedRegions({ regions, hierarchy, pins: this.pins }),
    );
    for (const { value, representative } of this.view.labels) {
      if (representative >= this.firstFixed) continue;
      const isTaken = this.pins.has(representative);
      const rest = isTaken
        ? this.regionsOf(value).find(region => region < this.firstFixed && !this.pins.has(region))
        : representative;
      if (rest === undefined || representatives[rest] === representative) continue;
      const heir = representatives[rest];
      const properties = this.properties.get(representative);
      if (properties) this.properties.set(heir, properties);
      if (!isTaken) this.properties.delete(representative); // one that was taken may be given back with all its label
      this.colours[heir] = this.colours[representative];
    }
  }
}
