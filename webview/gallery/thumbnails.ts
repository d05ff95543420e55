/** The small picture of an image, or why there is none. */
export type Thumbnail = { readonly address: string } | { readonly message: string };

/** The most pictures out of sight that are kept. */
const keptPictures = 300;

/** Milliseconds for which the list has to rest before pictures are asked for, so that none are drawn in passing. */
const restMilliseconds = 80;

/** The small pictures of the images in sight, by path: they are asked for when they come into sight. */
export class Thumbnails {
  /** Those that were shown last come last. */
  private readonly known = new Map<string, Thumbnail>();
  /** Images whose picture is out of date, and shown until there is another. */
  private readonly old = new Set<string>();
  /** What was asked for last; empty where that counts no more. */
  private asked = '';
  private timer: number | undefined;

  /**
   * @param inSight the paths of the images in sight, those first that are needed first
   * @param ask asks for pictures, and takes back what was asked for before
   */
  constructor(
    private readonly inSight: () => string[],
    private readonly ask: (paths: string[]) => void,
  ) {}

  get(path: string): Thumbnail | undefined {
    return this.known.get(path);
  }

  /** Asks for the pictures in sight that are missing, once the list rests. */
  look(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const missing = this.inSight().filter(path => !this.known.has(path) || this.old.has(path));
      const asked = JSON.stringify(missing);
      if (asked !== this.asked && (missing.length > 0 || this.asked !== '')) this.ask(missing);
      this.asked = asked;
    }, restMilliseconds);
  }

  set(path: string, thumbnail: Thumbnail): void {
    this.drop(path);
    this.known.set(path, thumbnail);
    if (this.known.size <= keptPictures) return;
    const inSight = new Set(this.inSight());
    for (const other of this.known.keys()) {
      if (this.known.size <= keptPictures) break;
      if (!inSight.has(other)) this.drop(other);
    }
  }

  /** Asks for the pictures of these images anew when they are in sight. */
  renew(paths: readonly string[]): void {
    for (const path of paths) this.old.add(path);
    this.asked = '';
    this.look();
  }

  /** Forgets all pictures. */
  clear(): void {
    for (const path of [...this.known.keys()]) this.drop(path);
    this.asked = '';
    this.look();
  }

  private drop(path: string): void {
    const before = this.known.get(path);
    if (before && 'address' in before) URL.revokeObjectURL(before.address);
    this.known.delete(path);
    this.old.delete(path);
  }
}
