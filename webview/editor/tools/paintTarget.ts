import { nextColour, palette } from '../../../mask/colours/defaultColours';
import { fromHex } from '../../common/numberFormat';
import type { Labelling } from '../model/labelling';
import { Signal } from '../../common/emitter';

/** What a painting tool gives pixels to: a label, one that does not exist yet, or the background. */
export class Target {
  constructor(
    private readonly labelling: Labelling,
    readonly kind: 'label' | 'background',
    public representative: number | null = null,
  ) {}

  /** As the host names it at present; null where the label is gone. */
  into(): number | 'new' | null {
    if (this.kind === 'background') return 0;
    if (this.representative === null) return 'new';
    return this.labelling.labelOfRegion(this.representative)?.value ?? null;
  }

  /** The group, 0 for background; a new label has the first one that no label has. */
  group(): number {
    if (this.kind === 'background') return 0;
    if (this.representative === null) return this.labelling.grouping?.colours.length ?? 1;
    return this.labelling.groupOf(this.representative);
  }

  /** Packed 24-bit colour; of a new label the one that the host will give it. */
  colour(): number {
    const { mask, grouping } = this.labelling;
    if (this.kind === 'background' || !mask) return 0;
    if (this.representative === null) return fromHex(palette[nextColour(mask.labels.map(label => label.colour))]);
    return grouping?.colours[this.group()] ?? 0;
  }
}

export type TargetMode = 'label' | 'new' | 'background';

/** Which target the next stroke has. */
export class Targets {
  readonly changed = new Signal();
  private wanted: TargetMode = 'label';
  /** A new label whose first stroke the host has not answered: strokes that follow are its, too. */
  private coming: Target | null = null;

  constructor(private readonly labelling: Labelling) {
    labelling.selectionChanged.listen(() => {
      if (this.wanted === 'new') this.wanted = 'label';
      this.changed.emit();
    });
    labelling.maskChanged.listen(() => {
      this.changed.emit();
    });
  }

  /** Without a selected label a new one is painted. */
  get mode(): TargetMode {
    return this.wanted === 'label' && !this.labelling.labelOfRegion(this.labelling.selection.primary)
      ? 'new'
      : this.wanted;
  }

  set mode(mode: TargetMode) {
    this.wanted = mode;
    this.changed.emit();
  }

  get current(): Target {
    const { mode, labelling } = this;
    if (mode === 'background') return this.background;
    if (mode === 'label') return new Target(labelling, 'label', labelling.selection.primary);
    return (this.coming ??= new Target(labelling, 'label'));
  }

  get background(): Target {
    return new Target(this.labelling, 'background');
  }

  /** After an edit into a target: a label that it made is selected. @param before regions of the map before the edit */
  painted(target: Target, before: number): void {
    if (target !== this.coming) return;
    this.coming = null;
    const made = this.labelling.mask?.labels.find(label => this.labelling.representativeOf(label) >= before);
    if (!made) return;
    target.representative = this.labelling.representativeOf(made);
    this.labelling.select([target.representative]);
  }
}
