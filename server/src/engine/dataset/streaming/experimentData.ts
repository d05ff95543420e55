import type { TensorValue } from '../../graph/core/operation';

/** Pictures [N,3,H,W], and in the source's their labels int32 [N,1,H,W] with 255 where none counts. */
export interface Batch {
  readonly images: TensorValue;
  readonly labels?: TensorValue;
}

/** The position of a batch stream, as JSON; only the stream that made it reads it. */
export type StreamCursor = null | boolean | number | string | StreamCursor[] | { [key: string]: StreamCursor };

/** An endless sequence of batches, the same for the same cursor. */
export interface BatchStream {
  next(): Promise<Batch>;
  /** Where the stream stands: a stream opened there gives the batches that this one would give next. */
  cursor(): StreamCursor;
  close(): Promise<void>;
}

/** A picture [1,3,H,W] to predict, with its truth int32 [1,1,H,W] where one is to be measured against. */
export interface Example {
  readonly name: string;
  readonly image: TensorValue;
  readonly labels?: TensorValue;
}

export interface ClassLook {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

/** An experiment's pictures, decoded and at the experiment's size. */
export interface ExperimentData {
  readonly classes: readonly ClassLook[];
  openSource(cursor?: StreamCursor): Promise<BatchStream>;
  /** Asked for by strategies that adapt. */
  openTarget(cursor?: StreamCursor): Promise<BatchStream>;
  /** Labelled target pictures to measure on, one by one; none where the experiment names none. */
  evaluation(): AsyncIterable<Example>;
  /** The target pictures whose predictions are kept. */
  previews(): AsyncIterable<Example>;
}
