/**
 * The labels that the user has selected, by the region that stands for each; the last one is the one that brushes paint
 * with. An edit gives a label another region to stand for it, and undoing the edit gives back the one before.
 */
export class Selection {
  private picked: number[] = [];
  /** By region that came to stand for a label by an edit: the one before it. */
  private readonly before = new Map<number, number>();

  get all(): readonly number[] {
    return this.picked;
  }

  /** The label to paint with. */
  get primary(): number | null {
    return this.picked.at(-1) ?? null;
  }

  has(representative: number): boolean {
    return this.picked.includes(representative);
  }

  set(representatives: readonly number[]): void {
    this.picked = [...new Set(representatives)];
  }

  add(representatives: readonly number[]): void {
    this.set([...this.picked.filter(one => !representatives.includes(one)), ...representatives]);
  }

  toggle(representative: number): void {
    this.set(
      this.has(representative) ? this.picked.filter(one => one !== representative) : [...this.picked, representative],
    );
  }

  /** Renames the labels of another map; null drops one. */
  rename(name: (representative: number) => number | null): void {
    this.set(this.picked.map(name).filter(one => one !== null));
    this.before.clear();
  }

  /**
   * Follows the labels through an edit or its undoing.
   * @param standing the region that stands for a region's label now where no granularity changes it; null where one
   * does, or there is none
   * @param lives whether a region has a label
   */
  follow(standing: (region: number) => number | null, lives: (region: number) => boolean): void {
    this.set(
      this.picked.map(one => {
        let from = one;
        while (!lives(from) && this.before.has(from)) from = this.before.get(from)!;
        const now = standing(from);
        if (now === null || now === from) return from;
        this.before.set(now, from);
        return now;
      }),
    );
  }
}

/**
 * Which labels are shown. Labels are named by the base region that stands for them, so that what is hidden stays hidden
 * while the slider merges and splits the others. Immutable: each change gives a new value.
 */
export class Visibility {
  constructor(
    readonly hidden: ReadonlySet<number> = new Set(),
    readonly isolated: number | null = null,
  ) {}

  shows(representative: number): boolean {
    return this.isolated === null ? !this.hidden.has(representative) : this.isolated === representative;
  }

  /** Hides or shows labels as the first of them; ends an isolation, since the user now decides label by label. */
  toggle(...representatives: number[]): Visibility {
    const hidden = new Set(this.hidden);
    const show = hidden.has(representatives[0]);
    for (const one of representatives) {
      if (show) hidden.delete(one);
      else hidden.add(one);
    }
    return new Visibility(hidden);
  }

  /** Shows one label alone; a second time shows again what was shown before. */
  isolate(representative: number): Visibility {
    return new Visibility(this.hidden, this.isolated === representative ? null : representative);
  }

  /** The same labels under the names that `rename` gives their representatives; null drops one. */
  map(rename: (representative: number) => number | null): Visibility {
    const hidden = [...this.hidden].map(rename).filter(one => one !== null);
    return new Visibility(new Set(hidden), this.isolated === null ? null : rename(this.isolated));
  }

  get showsAll(): boolean {
    return this.hidden.size === 0 && this.isolated === null;
  }
}
