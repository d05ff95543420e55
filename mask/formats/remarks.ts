/** The most entries that a remark names, and the most remarks of a file. */
const [mostNamed, mostRemarks] = [3, 8];

/** Collects what a reader leaves out of a file or takes for something: the entries, by the reason. */
export class Remarks {
  private readonly found = new Map<string, { noun: string; reason: string; named: string[]; count: number }>();
  private others = 0;

  /**
   * @param noun the kind of entry, in the singular
   * @param entry what identifies it, such as its id
   * @param reason a clause for people, the same for one entry and for several
   */
  add(noun: string, entry: string, reason: string): void {
    const key = `${noun}: ${reason}`;
    let remark = this.found.get(key);
    if (!remark) {
      if (this.found.size === mostRemarks) {
        this.others++;
        return;
      }
      this.found.set(key, (remark = { noun, reason, named: [], count: 0 }));
    }
    remark.count++;
    if (remark.named.length < mostNamed) remark.named.push(entry);
  }

  /** The remarks, a clause each, such as `annotation 5: without a category` or `12 annotations (5, 6, 7, …): …`. */
  lines(): string[] {
    const lines = [...this.found.values()].map(({ noun, reason, named, count }) =>
      count === 1
        ? `${noun} ${named[0]}: ${reason}`
        : `${count.toLocaleString('en')} ${noun}s (${named.join(', ')}${count > named.length ? ', …' : ''}): ${reason}`,
    );
    return this.others > 0 ? [...lines, `${this.others.toLocaleString('en')} more entries for other reasons`] : lines;
  }
}
