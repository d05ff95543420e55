import type { Hierarchy } from '../../../mask/regions/hierarchy';
import type { Patch } from '../../../mask/regions/patch';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Label, MaskView } from '../../../protocol/editorPage';
import { Emitter } from '../../common/emitter';
import { groupingAt, groupingOf, matchRegions, type Grouping } from '../regions/grouping';
import { PendingStrokes, type PendingStroke, type StrokeStyle } from '../regions/pendingStrokes';
import { Selection, Visibility } from './selection';

type MapPatch = Pick<Patch, 'starts' | 'lengths' | 'after'> & { readonly count: number };

/**
 * The state of the mask that the page shows: regions, labels, visibility and selection. The host's document is
 * authoritative; a slider step is computed here first and replaced by the host's answer.
 */
export class Labelling {
  regions: RegionMap | null = null;
  hierarchy: Hierarchy | null = null;
  /** Why there is no hierarchy, for the user. */
  hierarchyReason: string | undefined;
  mask: MaskView | null = null;
  grouping: Grouping | null = null;
  visibility = new Visibility();
  /** Whether the picture shows only labels without a class, to find what is left to classify. */
  unclassifiedAlone = false;
  readonly selection = new Selection();
  /** Strokes that the host has not answered yet. */
  readonly pendingStrokes = new PendingStrokes();

  /** Emits when there is another region map. */
  readonly regionsChanged = new Emitter();
  /** Emits when the lookup table is to be rebuilt: other groups, colours, visibility or selection. */
  readonly appearanceChanged = new Emitter();
  /** Emits when the host has sent another mask, or none. */
  readonly maskChanged = new Emitter();
  readonly selectionChanged = new Emitter();
  /** Emits when a segmentation has begun or ended. */
  readonly runningChanged = new Emitter();

  private isRunning = false;
  /** The granularity that the slider shows and the host has not answered yet. */
  private previewedGranularity: number | null = null;
  private labelsByGroup = new Map<number, Label>();
  private nextRegions: RegionMap | null = null;
  private nextPatch: MapPatch | null = null;

  /** Whether a segmentation is running, during which labels cannot be changed. */
  get running(): boolean {
    return this.isRunning;
  }

  set running(running: boolean) {
    if (running === this.isRunning) return;
    this.isRunning = running;
    this.runningChanged.emit();
  }

  /** Takes a new map, which is shown together with the next mask, so that no frame is without its overlay. */
  setRegions(regions: RegionMap): void {
    this.nextRegions = regions;
    this.nextPatch = null;
  }

  /** Takes changes of the map, which are shown together with the next mask. */
  changeRegions(patch: MapPatch): void {
    this.applyPatch(); // two patches in a row: the host undid an edit before it sent the mask after it
    this.nextPatch = patch;
  }

  setHierarchy(hierarchy: Hierarchy | null, reason: string | undefined): void {
    this.hierarchy = hierarchy;
    this.hierarchyReason = reason;
    this.maskChanged.emit();
  }

  setMask(mask: MaskView | null): void {
    const { nextRegions } = this;
    const match = nextRegions && this.regions ? matchRegions(this.regions, nextRegions) : null;
    if (nextRegions) {
      this.regions = nextRegions;
      this.pendingStrokes.setMap(nextRegions);
    }
    this.nextRegions = null;
    this.applyPatch();
    this.mask = mask?.labelOf.length === this.regions?.count ? mask : null;
    this.previewedGranularity = null;
    this.labelsByGroup = new Map(this.mask?.labels.map(label => [label.value, label]));
    this.grouping = this.mask && groupingOf(this.mask);
    if (match) this.matchSelection(match);
    else this.followSelection();
    if (nextRegions) this.regionsChanged.emit();
    this.maskChanged.emit();
    this.appearanceChanged.emit();
  }

  /** Shows another granularity at once; the host's next mask ends the preview. */
  previewGranularity(granularity: number): void {
    if (!this.mask || !this.hierarchy) return;
    this.previewedGranularity = granularity;
    this.grouping = groupingAt(this.hierarchy, granularity, this.mask);
    this.appearanceChanged.emit();
  }

  /** Returns to the host's mask, as after a refused request. */
  endPreview(): void {
    if (this.previewedGranularity !== null) this.setMask(this.mask);
  }

  /** Shows a label in another colour at once, without asking the host yet. @param colour packed 24-bit colour */
  previewColour(value: number, colour: number): void {
    if (!this.grouping || this.previewedGranularity !== null) return;
    this.grouping.colours[value] = colour;
    this.appearanceChanged.emit();
  }

  /** Which labels the picture shows. */
  get drawn(): Visibility {
    if (!this.unclassifiedAlone) return this.visibility;
    const classified = this.mask?.labels.filter(label => label.class !== undefined) ?? [];
    return this.visibility.without(classified.map(label => this.representativeOf(label)));
  }

  /** Shows only labels without a class, or all again. */
  showUnclassifiedAlone(alone: boolean): void {
    this.unclassifiedAlone = alone;
    this.appearanceChanged.emit();
  }

  setVisibility(visibility: Visibility): void {
    this.visibility = visibility;
    this.appearanceChanged.emit();
  }

  /** Selects labels by their representative regions. */
  select(representatives: readonly number[], mode: 'replace' | 'add' | 'toggle' = 'replace'): void {
    if (mode === 'replace') this.selection.set(representatives);
    else if (mode === 'add') this.selection.add(representatives);
    else for (const representative of representatives) this.selection.toggle(representative);
    this.selectionChanged.emit();
    this.appearanceChanged.emit();
  }

  /** Begins a stroke that is drawn before the host knows of it. */
  beginStroke(style: StrokeStyle): PendingStroke {
    const stroke = this.pendingStrokes.begin(style);
    this.appearanceChanged.emit();
    return stroke;
  }

  /** Removes a stroke: the host has answered, or the stroke was cancelled. */
  endStroke(stroke: PendingStroke): void {
    this.pendingStrokes.end(stroke);
    this.appearanceChanged.emit();
  }

  /** The listed label of a group; undefined for background, and for every group while the slider previews. */
  labelOfGroup(group: number): Label | undefined {
    return this.previewedGranularity === null ? this.labelsByGroup.get(group) : undefined;
  }

  /** The base region that identifies a listed label. */
  representativeOf(label: Label): number {
    const shown = this.previewedGranularity === null ? this.grouping?.representative[label.value] : undefined;
    return shown ?? label.representative;
  }

  /** The groups that the selected labels are in now. */
  get selectedGroups(): Set<number> {
    return new Set(this.selection.representatives.map(region => this.groupOf(region)).filter(group => group !== 0));
  }

  /** The selected labels as the host lists them, in the order of their selection. */
  get selectedLabels(): Label[] {
    return this.labelsOfRegions(this.selection.representatives);
  }

  /** Remembers the selection for an edit: its labels when the edit's turn has come, whatever is selected by then. */
  rememberSelection(): () => Label[] {
    const { representatives } = this.selection;
    return () => this.labelsOfRegions(representatives);
  }

  private labelsOfRegions(regions: readonly number[]): Label[] {
    const labels = regions.map(region => this.labelOfRegion(region)).filter(label => label !== undefined);
    return [...new Set(labels)];
  }

  /** The label that contains a region; undefined for null, and for background. */
  labelOfRegion(region: number | null): Label | undefined {
    return region === null ? undefined : this.labelOfGroup(this.groupOf(region));
  }

  /** The group of a region; 0 for background, and for regions that do not exist. */
  groupOf(region: number): number {
    return this.grouping?.groupOf[region] ?? 0;
  }

  /** The group at a position in shares of the picture's width and height (0 … 1); 0 for none. */
  groupAt(x: number, y: number): number {
    const { regions } = this;
    if (!regions || x < 0 || y < 0 || x >= 1 || y >= 1) return 0;
    const pixel = Math.floor(y * regions.height) * regions.width + Math.floor(x * regions.width);
    return this.groupOf(regions.ids[pixel] ?? -1);
  }

  /** The representative of the label that contains a region; null for background. */
  private currentRepresentative(region: number): number | null {
    const group = this.groupOf(region);
    return group === 0 ? null : (this.grouping?.representative[group] ?? null);
  }

  /** Keeps labels selected and hidden when there is another region map, by the places of their representatives. */
  private matchSelection(match: (region: number) => number | null): void {
    if (!this.grouping) return;
    const replace = (region: number): number | null => this.currentRepresentative(match(region) ?? -1);
    this.visibility = this.visibility.map(replace);
    this.selection.map(replace);
  }

  /** Keeps labels selected and hidden when an edit has given them other representatives. */
  private followSelection(): void {
    const { mask } = this;
    if (!mask) return;
    const current = (region: number): number | null => (mask.fixed[region] ? this.currentRepresentative(region) : null);
    this.selection.follow(current, region => this.groupOf(region) !== 0);
    this.visibility = this.visibility.map(region => current(region) ?? region);
  }

  private applyPatch(): void {
    const { nextPatch } = this;
    this.nextPatch = null;
    if (nextPatch) this.regions = this.pendingStrokes.patchBelow(nextPatch.count, nextPatch);
  }
}
