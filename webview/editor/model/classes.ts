import type { ClassEntry } from '../../../mask/classes/classListSchema';
import type { EditTarget } from '../../../mask/document/stateBuilder';
import type { ClassesMessage, Label } from '../../../protocol/editorPage';
import { Emitter } from '../../common/emitter';
import type { EditQueue } from './editQueue';
import type { Labelling } from './labelling';

/**
 * The classes of the image's folder, and the current one: new labels are made of it, by painting as by a click. There
 * is none where the folder has no class file, or where the user has chosen none.
 */
export class Classes {
  /** Emits when there are other classes, or another one is current. */
  readonly changed = new Emitter();
  /** The class file by its name, and why it cannot be read; null where there is none. */
  file: ClassesMessage['file'] = null;
  private entries: readonly ClassEntry[] | null = null;
  private chosen: number | null = null;

  constructor(
    private readonly labelling: Labelling,
    private readonly queue: EditQueue,
  ) {}

  /** Takes what the host knows of the class file. */
  set({ file, classes }: Pick<ClassesMessage, 'file' | 'classes'>): void {
    this.file = file;
    this.entries = classes;
    this.changed.emit();
  }

  /** Whether labels can be given classes: there is a class file, or there was one that could be read. */
  get known(): boolean {
    return this.entries !== null;
  }

  /** In the order of the file. */
  get all(): readonly ClassEntry[] {
    return this.entries ?? [];
  }

  /** The class of labels that are made next; undefined for none. */
  get current(): ClassEntry | undefined {
    return this.byId(this.chosen);
  }

  /** The target of an edit that makes a new label: of the current class where there is one. */
  get newLabel(): Exclude<EditTarget, number> {
    const { current } = this;
    return current ? { newOf: current.id } : 'new';
  }

  byId(id: number | null | undefined): ClassEntry | undefined {
    return this.all.find(entry => entry.id === id);
  }

  /** The key that gives a class: its own, or, where no class has one, a digit for each of the first nine. */
  keyOf(entry: ClassEntry): string | undefined {
    if (this.all.some(({ key }) => key !== undefined)) return entry.key;
    const at = this.all.indexOf(entry);
    return at < 9 ? String(at + 1) : undefined;
  }

  /** Makes a class current, or none, and gives it to the selected labels. */
  choose(id: number | null): void {
    this.chosen = id;
    this.changed.emit();
    const { labelling } = this;
    if (labelling.selection.primary === null) return;
    const selected = labelling.rememberSelection();
    this.queue.add({
      request: () => {
        const values = selected().map(({ value }) => value);
        return values.length > 0 ? { kind: 'classify', values, class: id } : null;
      },
    });
  }

  /** Chooses the class of a key, as `KeyboardEvent.key` names it. @returns whether there is one */
  handleKey(key: string): boolean {
    const of = (pressed: string) => this.all.find(entry => this.keyOf(entry) === pressed);
    // With caps lock on, and for a capital in the file, the other case counts too.
    const entry = of(key) ?? (key.length === 1 ? (of(key.toLowerCase()) ?? of(key.toUpperCase())) : undefined);
    if (entry) this.choose(entry.id);
    return entry !== undefined;
  }

  /** The classes whose name contains a text, and those whose name begins with it first. */
  matching(text: string): ClassEntry[] {
    const wanted = text.trim().toLowerCase();
    const place = ({ name }: ClassEntry) => name.toLowerCase().indexOf(wanted);
    const found = this.all.filter(entry => place(entry) >= 0);
    return [...found.filter(entry => place(entry) === 0), ...found.filter(entry => place(entry) > 0)];
  }

  /** By class id: the number of labels of the mask and of their pixels. */
  uses(): Map<number, { labels: number; pixels: number }> {
    const uses = new Map<number, { labels: number; pixels: number }>();
    for (const { class: id, area } of this.labelling.mask?.labels ?? []) {
      if (id === undefined) continue;
      const { labels, pixels } = uses.get(id) ?? { labels: 0, pixels: 0 };
      uses.set(id, { labels: labels + 1, pixels: pixels + area });
    }
    return uses;
  }

  /** What the list says of a label's class besides its name; `known` where the name says all. */
  standing({ class: id }: Pick<Label, 'class'>): 'known' | 'none' | 'unknown' {
    if (id === undefined) return this.known ? 'none' : 'known';
    return this.byId(id) ? 'known' : 'unknown';
  }
}
