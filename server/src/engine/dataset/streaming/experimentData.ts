import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import type { TensorValue } from '../../graph/core/operation';
import type { ColourVariation } from './colourVariation';
import type { DataListing } from './dataListing';

/** A batch of pictures [N,3,H,W], for the source with their labels int32 [N,1,H,W], 255 where no class counts. */
export interface Batch {
  readonly images: TensorValue;
  readonly labels?: TensorValue;
  /** How training varies the colours of each picture. It comes after what gives the source the target's light. */
  readonly colours?: readonly ColourVariation[];
}

/** The position of a batch stream, as JSON; only the stream that made it reads it. */
export type StreamCursor = null | boolean | number | string | StreamCursor[] | { [key: string]: StreamCursor };

/** An endless sequence of batches, the same for the same cursor. */
export interface BatchStream {
  next(): Promise<Batch>;
  /** The position of the stream: a stream opened there returns the batches that this one would return next. */
  cursor(): StreamCursor;
  close(): Promise<void>;
}

/** A picture [1,3,H,W] to predict, with its truth int32 [1,1,H,W] where there is one to be measured against. */
export interface Example {
  readonly name: string;
  readonly image: TensorValue;
  readonly labels?: TensorValue;
}

/** How many pictures a batch has, and their width and height. */
export interface BatchSize {
  readonly batch: number;
  readonly size: readonly [number, number];
}

/** An experiment's pictures, decoded and at the experiment's size. */
export interface ExperimentData {
  readonly classes: readonly ClassInfo[];
  /** Opens the stream of labelled pictures. Batches have the experiment's size unless another is given. */
  openSource(cursor?: StreamCursor, size?: BatchSize): Promise<BatchStream>;
  /** Opens the stream of target pictures, for strategies that adapt. */
  openTarget(cursor?: StreamCursor, size?: BatchSize): Promise<BatchStream>;
  /** Yields pictures to train on as they are, `most` at most, spread evenly over all. */
  sourcePictures(most: number): AsyncIterable<Example>;
  /** Yields target pictures as they are, `most` at most, spread evenly over all. */
  targetPhotos(most: number): AsyncIterable<Example>;
  /** Yields the labelled target pictures to measure on, one by one; none where the experiment names none. */
  evaluation(): AsyncIterable<Example>;
  /** Yields the source pictures that are held out from training, with their labels. */
  heldOut(): AsyncIterable<Example>;
  /** Describes how many source pictures are held out; undefined where none are to be. */
  describeHoldOut(): string | undefined;
  /** Yields the target pictures whose predictions are saved. */
  previews(): AsyncIterable<Example>;
  /** Lists the files that the experiment learns from, which reads a little of each. */
  listing(signal?: AbortSignal): Promise<DataListing>;
}
