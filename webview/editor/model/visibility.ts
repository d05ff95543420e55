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
