import type { Batch, BatchStream } from '../adaptation/data';

/** Batches that are made ahead of being asked for, in order. */
export class PrefetchStream implements BatchStream {
  private readonly ahead: Promise<Batch>[] = [];
  /** The number of the last batch that was begun. */
  private begun: number;

  /**
   * @param make the batch of a number, counted from 1: always the same one
   * @param depth how many to make ahead
   * @param drawn how many were drawn before
   */
  constructor(
    private readonly make: (number: number) => Promise<Batch>,
    private readonly depth: number,
    private drawn: number,
    private readonly end: () => Promise<void>,
  ) {
    this.begun = drawn;
  }

  async next(): Promise<Batch> {
    this.fill();
    try {
      const batch = await this.ahead.shift()!;
      this.drawn++;
      this.fill();
      return batch;
    } catch (error) {
      [this.ahead.length, this.begun] = [0, this.drawn];
      throw error;
    }
  }

  cursor(): number {
    return this.drawn;
  }

  close(): Promise<void> {
    return this.end();
  }

  private fill(): void {
    while (this.ahead.length < this.depth) {
      const batch = this.make(++this.begun);
      batch.catch(() => undefined); // told by `next`, to whom asks for the batch
      this.ahead.push(batch);
    }
  }
}
