/** Says when the next preview is due: several a second at most, and never more than a tenth of the time spent on them. */
export class PreviewClock {
  private last = performance.now();
  private interval = 250;

  due(): boolean {
    return performance.now() - this.last >= this.interval;
  }

  /** Makes a preview and takes its time. */
  time<T>(make: () => T): T {
    const start = performance.now();
    const made = make();
    this.last = performance.now();
    this.interval = Math.max(250, 10 * (this.last - start));
    return made;
  }
}
