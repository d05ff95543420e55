import type { ClassEntry } from '../../../mask/classes/classListSchema';
import type { EditTarget } from '../../../mask/document/stateBuilder';
import { fromHex } from '../../common/numberFormat';
import { Emitter } from '../../common/emitter';
import type { Classes } from '../model/classes';
import { nextPaletteColour } from '../model/labelNames';
import type { Labelling } from '../model/labelling';

/** The target of a painting tool: an existing label, a new one, or the background. */
export class PaintTarget {
  constructor(
    private readonly labelling: Labelling,
    readonly kind: 'label' | 'background',
    /** The label's representative region; null for a label that does not exist yet, and for background. */
    public representative: number | null = null,
    /** The classes, of whose current one a label is that does not exist yet. */
    private readonly classes?: Classes,
  ) {}

  /** The target as requests name it; null where the label no longer exists. */
  requestValue(): EditTarget | null {
    if (this.kind === 'background') return 0;
    if (this.representative === null) return this.classes?.newLabel ?? 'new';
    return this.labelling.labelOfRegion(this.representative)?.value ?? null;
  }

  /** The group of the target: 0 for background, for a new label the first group that no label has. */
  group(): number {
    if (this.kind === 'background') return 0;
    if (this.representative === null) return this.labelling.grouping?.colours.length ?? 1;
    return this.labelling.groupOf(this.representative);
  }

  /** The packed 24-bit colour of the target; for a new label the one that the host will give it. */
  colour(): number {
    const { mask, grouping } = this.labelling;
    if (this.kind === 'background' || !mask) return 0;
    if (this.representative === null) return fromHex(this.classes?.current?.colour ?? nextPaletteColour(mask.labels));
    return grouping?.colours[this.group()] ?? 0;
  }
}

export type PaintTargetMode = 'label' | 'new' | 'background';

/** Chooses the target of the next stroke: the selected label, a new label or the background. */
export class PaintTargets {
  readonly changed = new Emitter();
  private chosenMode: PaintTargetMode = 'label';
  /** A new label whose first stroke the host has not answered; the strokes that follow belong to it, too. */
  private newTarget: PaintTarget | null = null;

  constructor(
    private readonly labelling: Labelling,
    private readonly classes: Classes,
  ) {
    classes.changed.listen(() => {
      this.changed.emit();
    });
    labelling.selectionChanged.listen(() => {
      if (this.chosenMode === 'new') this.chosenMode = 'label';
      this.changed.emit();
    });
    labelling.maskChanged.listen(() => {
      this.changed.emit();
    });
  }

  /** The kind of the next target; `new` also where no label is selected. */
  get mode(): PaintTargetMode {
    const isSelected = this.labelling.labelOfRegion(this.labelling.selection.primary) !== undefined;
    return this.chosenMode === 'label' && !isSelected ? 'new' : this.chosenMode;
  }

  set mode(mode: PaintTargetMode) {
    this.chosenMode = mode;
    this.changed.emit();
  }

  /** The class of the next new label; undefined for none. */
  get newClass(): ClassEntry | undefined {
    return this.classes.current;
  }

  get current(): PaintTarget {
    const { mode, labelling } = this;
    if (mode === 'background') return this.background;
    if (mode === 'label') return new PaintTarget(labelling, 'label', labelling.selection.primary);
    return (this.newTarget ??= new PaintTarget(labelling, 'label', null, this.classes));
  }

  get background(): PaintTarget {
    return new PaintTarget(this.labelling, 'background');
  }

  /**
   * Selects the label that an edit into a new target has made.
   * @param regionsBefore number of regions in the map before the edit
   */
  handlePainted(target: PaintTarget, regionsBefore: number): void {
    if (target !== this.newTarget) return;
    this.newTarget = null;
    const { labelling } = this;
    const label = labelling.mask?.labels.find(candidate => labelling.representativeOf(candidate) >= regionsBefore);
    if (!label) return;
    target.representative = labelling.representativeOf(label);
    labelling.select([target.representative]);
  }
}
