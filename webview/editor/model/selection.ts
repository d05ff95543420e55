/**
 * The selected labels, each identified by its representative region; brushes paint with the last one. An edit can give
 * a label another representative, and undoing the edit gives back the previous one.
 */
export class Selection {
  private selected: number[] = [];
  /** The representative that a label had before an edit, by the one that the edit gave it. */
  private readonly predecessors = new Map<number, number>();

  get representatives(): readonly number[] {
    return this.selected;
  }

  /** The label to paint with. */
  get primary(): number | null {
    return this.selected.at(-1) ?? null;
  }

  has(representative: number): boolean {
    return this.selected.includes(representative);
  }

  set(representatives: readonly number[]): void {
    this.selected = [...new Set(representatives)];
  }

  add(representatives: readonly number[]): void {
    this.set([...this.selected.filter(region => !representatives.includes(region)), ...representatives]);
  }

  toggle(representative: number): void {
    if (this.has(representative)) this.set(this.selected.filter(region => region !== representative));
    else this.set([...this.selected, representative]);
  }

  /** Replaces the representatives by those of a new region map; null removes a label from the selection. */
  map(replace: (representative: number) => number | null): void {
    this.set(this.selected.map(replace).filter(region => region !== null));
    this.predecessors.clear();
  }

  /**
   * Keeps the selected labels selected through an edit or its undoing.
   * @param currentOf the representative now of the label that has a region; null where the granularity changes the
   * label, or there is none
   * @param exists whether a region has a label
   */
  follow(currentOf: (region: number) => number | null, exists: (region: number) => boolean): void {
    this.set(
      this.selected.map(representative => {
        let region = representative;
        for (let before; !exists(region) && (before = this.predecessors.get(region)) !== undefined;) region = before;
        const current = currentOf(region);
        if (current === null || current === region) return region;
        this.predecessors.set(current, region);
        return current;
      }),
    );
  }
}

/**
 * Which labels are shown. Labels are identified by their representative regions, so that hidden ones stay hidden while
 * the slider merges and splits the others. Immutable: each change returns a new value.
 */
export class Visibility {
  constructor(
    readonly hidden: ReadonlySet<number> = new Set(),
    /** The only label shown, whatever is hidden; null: none is isolated. */
    readonly isolated: number | null = null,
  ) {}

  get showsAll(): boolean {
    return this.hidden.size === 0 && this.isolated === null;
  }

  shows(representative: number): boolean {
    return this.isolated === null ? !this.hidden.has(representative) : this.isolated === representative;
  }

  /** Hides more labels. */
  without(representatives: readonly number[]): Visibility {
    return new Visibility(new Set([...this.hidden, ...representatives]), this.isolated);
  }

  /** Shows the labels if the first of them is hidden, else hides them; ends an isolation. */
  toggle(...representatives: number[]): Visibility {
    const hidden = new Set(this.hidden);
    const show = representatives.slice(0, 1).some(first => hidden.has(first));
    for (const representative of representatives) {
      if (show) hidden.delete(representative);
      else hidden.add(representative);
    }
    return new Visibility(hidden);
  }

  /** Shows one label alone; a second time shows again what was shown before. */
  isolate(representative: number): Visibility {
    return new Visibility(this.hidden, this.isolated === representative ? null : representative);
  }

  /** Replaces the representatives, as for a new region map; null drops a label. */
  map(replace: (representative: number) => number | null): Visibility {
    const hidden = [...this.hidden].map(replace).filter(region => region !== null);
    return new Visibility(new Set(hidden), this.isolated === null ? null : replace(this.isolated));
  }
}
