/** Share of the time that building previews may cost. */
const share = 0.05;
const shortestInterval = 250; // ms

/**
 * Says when the next preview is due: several a second at most, and never more than a twentieth of the time spent on
 * them.
 */
export class PreviewClock {
  private last = performance.now();
  private interval = shortestInterval;

  due(): boolean {
    return performance.now() - this.last >= this.interval;
  }

  /** Makes a preview and takes its time. */
  time<T>(make: () => T): T {
    const start = performance.now();
    const made = make();
    this.last = performance.now();
    this.interval = Math.max(shortestInterval, (this.last - start) / share);
    return made;
  }
}
