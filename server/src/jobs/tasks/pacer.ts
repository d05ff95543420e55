/**
 * Share of the time that encoding previews may cost, beside the twentieth that the engine allows itself for building
 * them.
 */
const share = 0.05;
const shortestMilliseconds = 125;

/** Decides when the next preview is due: at most eight a second, and never so often that training notices. */
export class Pacer {
  private due = -Infinity;

  /** @param now milliseconds, monotonic */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Does `work` when it is due, and puts off the next by what it cost. */
  when(work: () => void): void {
    const start = this.now();
    if (start < this.due) return;
    work();
    const end = this.now();
    this.due = end + Math.max(shortestMilliseconds - (end - start), (end - start) / share);
  }
}
