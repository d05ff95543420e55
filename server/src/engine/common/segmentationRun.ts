import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';

/** A segmentation under way: the regions so far, and how far training is. */
export interface Progress {
  /** At working size, at most the picture's; the same object as long as the base does not change. */
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly iteration: number;
  readonly iterations: number;
  /** Labels the network still uses; 0 before training. */
  readonly labels: number;
  /** Null before training. */
  readonly loss: number | null;
}

/** A finished segmentation. Regions are at the picture's full size. */
export interface MethodResult {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly iterations: number;
  readonly stopped: boolean;
  readonly reduced?: { width: number; height: number; reason: string };
  /** Of a network that was trained on classes: what it is, and the class of each region. */
  readonly model?: SegmentationModel;
  /** With scribbles: the number of the label that each region is of, `noClass` for none. */
  readonly scribbleClasses?: Uint8Array;
}

export interface SegmentationModel {
  readonly name: string;
  /** Steps that it was trained. */
  readonly step: number;
  /** By class. */
  readonly classes: readonly { readonly name: string; readonly colour: string }[];
  readonly regionClasses: Uint8Array;
}

/**
 * How every method runs: yields progress, returns the result. `stop` ends training at the next step and keeps the best
 * so far; `cancel` throws an AbortError at the next step. A generator that is not asked for its next value does not
 * train on.
 */
export type SegmentationRun = AsyncGenerator<Progress, MethodResult>;
export interface RunSignals {
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
}
