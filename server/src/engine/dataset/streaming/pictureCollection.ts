import path from 'node:path';
import type { Batch } from './experimentData';
import { type AugmentedSample, plainSample, type DatasetItem } from './augmentation';
import type { LRUCache } from 'lru-cache';
import type { DatasetItemFiles, ReadSize } from './itemLoading';
import type { BatchWorkerPool } from './batchWorkerPool';
import type { FileProblem } from './batchWorker';
import type { TargetSize } from '../../image/loadImage';

/** The largest share of files that may be bad. */
export const mostBad = 0.01;

/** The services that the collections of an experiment share. */
export interface CollectionServices {
  readonly pool: BatchWorkerPool;
  readonly cache: LRUCache<string, DatasetItem>;
  readonly onProblem: (problem: FileProblem) => void;
  readonly onRemark: (remark: FileProblem) => void;
}

/** The number of label files of which is told what is left out: a tool's habit concerns all of its files. */
const mostTold = 10;

/** The pictures of one part of an experiment, and which of them proved unreadable. */
export class PictureCollection {
  private readonly bad = new Map<number, FileProblem>();
  private readonly told = new Set<number>();

  /**
   * @param name the part, as the experiment file calls it; unique among the collections that share services
   * @param all the number of files of which a share may be bad: those of which `items` are a part
   */
  constructor(
    private readonly name: string,
    readonly items: readonly DatasetItemFiles[],
    private readonly services: CollectionServices,
    private readonly all = items.length,
  ) {}

  /**
   * Makes a batch. In place of a picture that cannot be read the next readable one in order is shown, the same one
   * whenever the fault is discovered.
   * @param stored the size that pictures are read and kept at
   * @throws Error when too many files are bad
   */
  async batch(samples: readonly AugmentedSample[], stored: ReadSize, size: TargetSize): Promise<Batch> {
    for (;;) {
      const batch = await this.attempt(
        samples.map(({ index }) => this.readable(index)),
        samples,
        stored,
        size,
      );
      if (batch) return batch;
    }
  }

  /**
   * Reads one picture unchanged, at a size; undefined when it cannot be read.
   * @throws Error when too many files are bad
   */
  async picture(index: number, size: TargetSize): Promise<Batch | undefined> {
    return this.bad.has(index)
      ? undefined
      : await this.attempt([index], [plainSample(index)], { size, fit: 'exact' }, size);
  }

  /** Lists the indices of `most` pictures at most, spread evenly over all. */
  spread(most: number): number[] {
    const all = this.items.length;
    const count = Math.min(all, most);
    return Array.from({ length: count }, (_, n) => Math.floor((n * all) / count));
  }

  private readable(index: number): number {
    this.check();
    let found = index;
    while (this.bad.has(found)) found = (found + 1) % this.items.length;
    return found;
  }

  private async attempt(
    indices: readonly number[],
    samples: readonly AugmentedSample[],
    stored: ReadSize,
    size: TargetSize,
  ): Promise<Batch | undefined> {
    const { cache, pool } = this.services;
    const key = (index: number) => `${this.name} ${index} ${stored.fit} ${stored.size.join()}`;
    const items = indices.map(index => cache.get(key(index)) ?? this.items[index]!);
    const { batch, read, problems } = await pool.run({ samples, items, stored, size });
    indices.forEach((index, at) => {
      const [item, problem] = [read[at], problems[at]];
      if (item) {
        cache.set(key(index), item);
        this.tellFaults(index, item);
      }
      if (problem && !this.bad.has(index)) {
        this.bad.set(index, problem);
        this.services.onProblem(problem);
      }
    });
    this.check();
    return batch;
  }

  private tellFaults(index: number, { faults = [] }: DatasetItem): void {
    if (faults.length === 0 || this.told.has(index) || this.told.size > mostTold) return;
    this.told.add(index);
    const { image, label } = this.items[index]!;
    this.services.onRemark({
      file: label?.part === undefined ? (label?.file ?? image) : image,
      reason:
        this.told.size > mostTold
          ? 'of its labels too a part is left out, and of others, which are not told one by one'
          : `of its labels is left out: ${faults.join('; ')}`,
    });
  }

  private check(): void {
    const {
      bad: { size: bad },
      all,
    } = this;
    if (bad <= mostBad * all) return;
    const named = [...this.bad.values()].slice(0, 3).map(({ file, reason }) => `${path.basename(file)} (${reason})`);
    throw new Error(
      `${this.name}: ${bad} of ${all} files cannot be used, more than ${mostBad * 100} %: ` +
        `${named.join(', ')}${bad > named.length ? ', …' : ''}`,
    );
  }
}
