import type { Experiment } from '../../experiment/experimentSchema';
import { holdOutShare } from '../../experiment/holdOut';
import { adaptsToTarget } from '../../experiment/targetUse';
import { trainedSize } from '../../experiment/trainedSize';
import { drawEvenly, drawSamples, type PictureDraw } from './augmentation';
import { listFiles, type DataListing } from './dataListing';
import type { BatchWorkerPool } from './batchWorkerPool';
import type { BatchStream, BatchSize, StreamCursor, Example, ExperimentData, Batch } from './experimentData';
import { fewestToHoldOut } from './heldOutPictures';
import type { DatasetItemFiles, ReadSize } from './itemLoading';
import type { PictureCollection } from './pictureCollection';
import { drawRareClasses, readPictureClasses, type PictureClasses } from './rareClasses';
import { relativePath } from '../../common/relativePath';

/** The labelled pictures of the source: all, and those that are trained on or held out. */
interface SourceParts {
  readonly items: readonly DatasetItemFiles[];
  readonly trained: PictureCollection;
  readonly heldOut: PictureCollection;
}

/** The parts of an experiment's data. A function throws where its part cannot be used. */
export interface DatasetParts {
  readonly source: () => SourceParts;
  readonly target: (() => PictureCollection) | undefined;
  readonly evaluation: PictureCollection | undefined;
  /** The folders that images are relative to. */
  readonly roots: Readonly<Record<'source' | 'target', string>>;
}

/** An experiment's data, read and made by the threads of a pool. */
export class StreamedData implements ExperimentData {
  readonly classes: ExperimentData['classes'];
  private sourceClasses: Promise<PictureClasses[]> | undefined;

  /**
   * @param base the folder that names of pictures are relative to
   * @param depth batches that a stream makes ahead
   * @param signal ends the reading of labels before the first batch
   */
  constructor(
    private readonly experiment: Experiment,
    private readonly base: string,
    private readonly pool: BatchWorkerPool,
    private readonly depth: number,
    private readonly parts: DatasetParts,
    private readonly signal?: AbortSignal,
  ) {
    this.classes = pool.classes.definitions.map(({ name, colour }) => ({ name, colour }));
  }

  openSource(cursor?: StreamCursor, size?: BatchSize): Promise<BatchStream> {
    return this.open(() => this.parts.source().trained, true, this.experiment.training.seed, cursor, size);
  }

  openTarget(cursor?: StreamCursor, size?: BatchSize): Promise<BatchStream> {
    const none = () => {
      throw new Error('target: the experiment names no photos to adapt to');
    };
    return this.open(this.parts.target ?? none, false, this.experiment.training.seed + 1, cursor, size);
  }

  sourcePictures(most: number): AsyncIterable<Example> {
    return this.spread(this.parts.source().trained, most);
  }

  targetPhotos(most: number): AsyncIterable<Example> {
    return this.spread(this.parts.target?.(), most);
  }

  evaluation(): AsyncIterable<Example> {
    const { evaluation } = this.parts;
    return this.examples(evaluation, evaluation?.items.map((_, index) => index) ?? []);
  }

  async *heldOut(): AsyncGenerator<Example> {
    const { heldOut } = this.parts.source();
    yield* this.examples(heldOut, [...heldOut.items.keys()]);
  }

  describeHoldOut(): string | undefined {
    if (holdOutShare(this.experiment) === 0) return undefined;
    const { items, heldOut } = this.parts.source();
    const pictures = items.length === 1 ? 'picture' : 'pictures';
    const [count, why] =
      heldOut.items.length === 0
        ? ['none is', `, since there are fewer than ${fewestToHoldOut}`]
        : [heldOut.items.length === 1 ? '1 is' : `${heldOut.items.length} are`, ', to measure on'];
    return `source: of ${items.length} labelled ${pictures} ${count} held out from training${why}`;
  }

  /** Yields target pictures spread evenly over all; without a target, the evaluation's or the source's. */
  previews(): AsyncIterable<Example> {
    const from = this.parts.target?.() ?? this.parts.evaluation ?? this.sourcePreviews();
    return this.spread(from, this.experiment.output.previews);
  }

  private spread(from: PictureCollection | undefined, most: number): AsyncIterable<Example> {
    return this.examples(from, from?.spread(most) ?? []);
  }

  private sourcePreviews(): PictureCollection {
    const { heldOut, trained } = this.parts.source();
    return heldOut.items.length > 0 ? heldOut : trained;
  }

  private async open(
    part: () => PictureCollection,
    labelled: boolean,
    seed: number,
    cursor: StreamCursor = 0,
    { batch, size }: BatchSize = this.experiment.training,
  ): Promise<BatchStream> {
    const collection = part();
    if (typeof cursor !== 'number' || !Number.isSafeInteger(cursor) || cursor < 0)
      throw new Error("the checkpoint's place in the data is damaged");
    const { augmentation } = this.experiment.training;
    const stored = storedSize(size, augmentation);
    this.pool.acquire();
    const draw = await this.drawFrom(collection, labelled).catch(async (error: unknown) => {
      await this.pool.release();
      throw error;
    });
    return new PrefetchStream(
      number => collection.batch(drawSamples(draw, { batch, augmentation }, labelled, seed, number), stored, size),
      this.depth,
      cursor,
      () => this.pool.release(),
    );
  }

  /** Returns the draw of a stream's pictures. For the source's, labels may have to be read first, once. */
  private async drawFrom(collection: PictureCollection, labelled: boolean): Promise<PictureDraw> {
    const { rareClassSampling, size, augmentation } = this.experiment.training;
    if (!labelled || rareClassSampling === 0) return drawEvenly(collection.items.length);
    // At one size for all streams: a run that is resumed in a later phase is to draw the same pictures.
    this.sourceClasses ??= readPictureClasses(collection, storedSize(size, augmentation).size, this.signal);
    return drawRareClasses(await this.sourceClasses, rareClassSampling);
  }

  private async *examples(
    collection: PictureCollection | undefined,
    indices: readonly number[],
  ): AsyncGenerator<Example> {
    if (!collection || indices.length === 0) return;
    const size = trainedSize(this.experiment);
    const read = (index: number | undefined) => (index === undefined ? undefined : collection.picture(index, size));
    this.pool.acquire();
    try {
      let following = read(indices[0]);
      for (const [at, index] of indices.entries()) {
        const batch = await following;
        following = read(indices.at(at + 1));
        following?.catch(() => undefined); // thrown when its turn has come
        if (!batch) continue;
        const { images, labels } = batch;
        yield { name: this.nameOf(collection.items[index]!), image: images, ...(labels && { labels }) };
      }
    } finally {
      await this.pool.release();
    }
  }

  async listing(signal?: AbortSignal): Promise<DataListing> {
    const { source, target, roots } = this.parts;
    return {
      source: await listFiles(source().items, roots.source, signal),
      ...(target &&
        adaptsToTarget(this.experiment) && {
          target: await listFiles(target().items, roots.target, signal),
        }),
    };
  }

  private nameOf({ image }: DatasetItemFiles): string {
    return relativePath(this.base, image);
  }
}

/**
 * Computes the size at which training pictures are kept: larger by the largest scale, so that crops keep their detail,
 * and with their own proportions, which crops keep too.
 */
function storedSize(
  [width, height]: BatchSize['size'],
  { enabled, scale }: Experiment['training']['augmentation'],
): ReadSize {
  if (!enabled) return { size: [width, height], fit: 'exact' };
  const factor = Math.max(1, ...scale);
  return { size: [Math.round(width * factor), Math.round(height * factor)], fit: 'cover' };
}

/** A stream of batches that are made ahead of the requests for them, in order. */
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
      batch.catch(() => undefined); // thrown by `next` when the batch is requested
      this.ahead.push(batch);
    }
  }
}
