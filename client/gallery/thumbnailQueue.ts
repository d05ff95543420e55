/** The number of pictures that are drawn at once. */
const drawnAtOnce = 2;

/** Draws the pictures that a page needs, a few at once; what it needs no longer is not begun. */
export class ThumbnailQueue {
  private wanted: readonly string[] = [];
  private readonly running = new Set<string>();

  /** @param draw draws and tells a picture, or why there is none; never throws */
  constructor(private readonly draw: (path: string) => Promise<void>) {}

  /** Draws these pictures in this order, and no others. */
  want(paths: readonly string[]): void {
    this.wanted = paths.filter(path => !this.running.has(path));
    this.work();
  }

  private work(): void {
    while (this.running.size < drawnAtOnce) {
      const [next, ...others] = this.wanted;
      if (next === undefined) return;
      this.wanted = others;
      this.running.add(next);
      void this.draw(next).finally(() => {
        this.running.delete(next);
        this.work();
      });
    }
  }
}
