import type { ClassInfo } from '../../../mask/classes/classInfo';
import { ColourUses, palette } from '../../../mask/colours/palettes';
import type { EditRequest } from '../../../mask/document/editRequests';
import { Emitter } from '../../common/emitter';
import type { Classes } from './classes';
import type { EditQueue } from './editQueue';
import type { Labelling } from './labelling';

/**
 * The names to give to labels: those of the class file, else of the settings, or, without any, those that the user gave
 * to the mask's labels.
 */
export class LabelNames {
  readonly changed = new Emitter();
  private configured: readonly ClassInfo[] = [];

  constructor(
    private readonly labelling: Labelling,
    private readonly queue: EditQueue,
    private readonly classes: Classes,
  ) {
    classes.changed.listen(() => {
      this.changed.emit();
    });
    labelling.maskChanged.listen(() => {
      this.changed.emit();
    });
  }

  /** Sets the names of the settings. */
  setConfigured(names: readonly ClassInfo[]): void {
    this.configured = names;
    this.changed.emit();
  }

  /** Whether the names are those of classes, which the class bar gives. */
  get areClasses(): boolean {
    return this.classes.known;
  }

  /** In the order of their number keys. */
  get all(): readonly ClassInfo[] {
    if (this.classes.known) return this.classes.all;
    if (this.configured.length > 0) return this.configured;
    const named = this.labelling.mask?.labels.filter(label => label.name !== `Region ${label.value}`) ?? [];
    return named.map(({ name, colour }) => ({ name, colour }));
  }

  /** Gives the selected labels a name; without a selection selects the label that has the name. */
  assign({ name, colour }: ClassInfo): void {
    const { labelling } = this;
    if (labelling.selection.primary === null) {
      const label = labelling.mask?.labels.find(candidate => candidate.name === name);
      if (label) labelling.select([labelling.representativeOf(label)]);
      return;
    }
    const selected = labelling.rememberSelection();
    this.queue.add({
      request: (): EditRequest | null => {
        const values = selected().map(label => label.value);
        return values.length > 0 ? { kind: 'assign', values, name, colour } : null;
      },
    });
  }

  /** Assigns the name of a number key. @returns whether there is one; a class file has keys of its own */
  handleKey(key: string): boolean {
    if (this.classes.known) return false;
    const name = atNumberKey(this.all, key);
    if (name) this.assign(name);
    return name !== undefined;
  }
}

/** The labels to choose from for scribbles, and the label of the next scribble. */
export class ScribbleLabels {
  readonly changed = new Emitter();
  private chosen: ClassInfo | null = null;

  constructor(
    private readonly labelling: Labelling,
    private readonly names: LabelNames,
  ) {
    for (const emitter of [names.changed, labelling.selectionChanged])
      emitter.listen(() => {
        this.changed.emit();
      });
  }

  /** The labels of existing scribbles, the names to give to labels, the selected label and the chosen one. */
  get all(): ClassInfo[] {
    const { mask, selection } = this.labelling;
    const selected = this.labelling.labelOfRegion(selection.primary);
    const known = new Map<string, ClassInfo>();
    for (const label of [...(mask?.scribbles ?? []), ...this.names.all, selected, this.chosen]) {
      if (label && !known.has(label.name)) known.set(label.name, { name: label.name, colour: label.colour });
    }
    return [...known.values()];
  }

  get current(): ClassInfo {
    const { all } = this;
    return all.find(({ name }) => name === this.chosen?.name) ?? all[0] ?? this.newLabel();
  }

  choose(label: ClassInfo): void {
    this.chosen = label;
    this.changed.emit();
  }

  /** A label with a name that no other label has. */
  newLabel(): ClassInfo {
    const labels = [...this.all, ...(this.labelling.mask?.labels ?? [])];
    let number = 1;
    while (labels.some(({ name }) => name === `Label ${number}`)) number++;
    return { name: `Label ${number}`, colour: nextPaletteColour(labels) };
  }

  /** Chooses the label of a number key. @returns whether there is one */
  handleKey(key: string): boolean {
    const label = atNumberKey(this.all, key);
    if (label) this.choose(label);
    return label !== undefined;
  }
}

/** The colour, `#rrggbb`, that the host gives to a new label beside existing ones. */
export function nextPaletteColour(labels: readonly { readonly colour: string }[]): string {
  return palette.at(new ColourUses(labels.map(({ colour }) => colour)).next())!;
}

/** The item that the keys 1 to 9 stand for. */
function atNumberKey<T>(items: readonly T[], key: string): T | undefined {
  return /^[1-9]$/.test(key) ? items[Number(key) - 1] : undefined;
}
