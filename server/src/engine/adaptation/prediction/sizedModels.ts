import type { Size } from '../../image/picture';
import type { Model } from './model';

/**
 * One network, compiled for the sizes that were asked for last: photos of one size share it. Together they keep within
 * a limit of memory, unless a single one is above it.
 */
export class SizedModels {
  /** By size, the one used last at the end. */
  private readonly models = new Map<string, { readonly model: Model; readonly megabytes: number }>();

  /** @param megabytes what the network takes that is compiled for a size */
  constructor(
    private readonly open: (size: Size) => Promise<Model>,
    private readonly megabytes: (size: Size) => number,
    private readonly limit: number,
  ) {}

  /**
   * The network for a size, opened where there is none. One that was given out before may be disposed of then: only one
   * is in use at a time.
   */
  readonly get = async (size: Size): Promise<Model> => {
    const key = `${size.width}×${size.height}`;
    const known = this.models.get(key);
    this.models.delete(key);
    if (known) {
      this.models.set(key, known);
      return known.model;
    }
    const megabytes = this.megabytes(size);
    let total = megabytes;
    for (const one of this.models.values()) total += one.megabytes;
    for (const [name, one] of this.models) {
      if (total <= this.limit) break;
      this.models.delete(name);
      total -= one.megabytes;
      await one.model.dispose();
    }
    const model = await this.open(size);
    this.models.set(key, { model, megabytes });
    return model;
  };

  async dispose(): Promise<void> {
    const all = [...this.models.values()];
    this.models.clear();
    for (const { model } of all) await model.dispose();
  }
}
