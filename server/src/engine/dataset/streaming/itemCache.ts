import type { Item } from './augmentation';

/** Pictures read before, up to a number of bytes: those not asked for in the longest time go first. */
export class ItemCache {
  private readonly items = new Map<string, Item>();
  private bytes = 0;

  constructor(private readonly capacity: number) {}

  get(key: string): Item | undefined {
    const item = this.items.get(key);
    if (item) {
      this.items.delete(key);
      this.items.set(key, item);
    }
    return item;
  }

  set(key: string, item: Item): void {
    this.remove(key);
    this.items.set(key, item);
    this.bytes += sizeOf(item);
    for (const oldest of this.items.keys()) {
      if (this.bytes <= this.capacity) break;
      this.remove(oldest);
    }
  }

  private remove(key: string): void {
    const item = this.items.get(key);
    if (!item) return;
    this.items.delete(key);
    this.bytes -= sizeOf(item);
  }
}

function sizeOf({ picture, labels }: Item): number {
  return picture.rgb.length + (labels?.length ?? 0);
}
