import { ignoredValue, type ClassEntry } from './classListSchema';

/** The classes of a folder, checked and with look-ups. Names are trimmed, colours in lower case. */
export class ClassList {
  readonly classes: readonly ClassEntry[];
  /** The class that pixels of no label belong to, where the list names one. */
  readonly background: ClassEntry | undefined;
  /**
   * The value of pixels of no label where values are class ids: the background's id, else 0; `ignoredValue` where 0 is
   * the id of another class, which they would be taken for.
   */
  readonly backgroundValue: number;
  private readonly ids: ReadonlyMap<number, ClassEntry>;
  private readonly names: ReadonlyMap<string, ClassEntry>;
  private readonly keys: ReadonlyMap<string, ClassEntry>;

  /** @param classes classes without problems, see `checkClassList` */
  constructor(classes: readonly ClassEntry[]) {
    this.classes = classes.map(entry => ({ ...entry, name: entry.name.trim(), colour: entry.colour.toLowerCase() }));
    this.ids = new Map(this.classes.map(entry => [entry.id, entry]));
    this.names = new Map(this.classes.map(entry => [entry.name, entry]));
    this.keys = new Map(this.classes.flatMap(entry => (entry.key === undefined ? [] : [[entry.key, entry] as const])));
    this.background = this.classes.find(entry => entry.background);
    this.backgroundValue = this.background?.id ?? (this.ids.has(0) ? ignoredValue : 0);
  }

  byId(id: number | undefined): ClassEntry | undefined {
    return id === undefined ? undefined : this.ids.get(id);
  }

  byName(name: string): ClassEntry | undefined {
    return this.names.get(name.trim());
  }

  byKey(key: string): ClassEntry | undefined {
    return this.keys.get(key);
  }

  /** The value of a label's pixels where values are class ids; `ignoredValue` without a class of this list. */
  valueOf(classId: number | undefined): number {
    return this.byId(classId)?.id ?? ignoredValue;
  }
}
