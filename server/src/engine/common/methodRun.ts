import type { ClassInfo } from '../../../../mask/classes/classInfo';
import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';

/** The progress of a method on one picture: its regions so far, and how far training is. */
export interface MethodProgress {
  /** Base regions at the working size, which is at most the picture's; the object is kept while they do not change. */
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly iteration: number;
  readonly iterations: number;
  /** Labels that the network still uses; 0 before training. */
  readonly labels: number;
  /** The loss of the last iteration; null before training. */
  readonly loss: number | null;
}

/** What a method found in one picture; its regions have the picture's full size. */
export interface MethodResult {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly iterations: number;
  readonly stopped: boolean;
  /** The size at which the network was trained, where that is below the working size, and why. */
  readonly reduced?: { width: number; height: number; reason: string };
  /** The network and the class of each region, where the network was trained on classes. */
  readonly model?: ClassModel;
  /** The scribble class of each region, `noClass` for none; absent without scribbles. */
  readonly scribbleClasses?: Uint8Array;
}

/** A network trained on classes, and the classes that it found. */
export interface ClassModel {
  readonly name: string;
  /** Training steps that the network has had. */
  readonly step: number;
  /** Name and colour by class number. */
  readonly classes: readonly ClassInfo[];
  /** Class number by region. */
  readonly regionClasses: Uint8Array;
  /** How unsure the network is of the classes of pixels, in [0, 1), where it was trained before. */
  readonly uncertainty?: number;
  /** How a picture was predicted, where the network had been trained before, and in how many runs of it. */
  readonly prediction?: {
    readonly scales: readonly number[];
    readonly mirror: boolean;
    readonly refine: boolean;
    readonly runs: number;
  };
}

/**
 * A method at work on one picture: yields progress and returns the result. Training pauses while nobody asks for the
 * next value.
 */
export type MethodRun = AsyncGenerator<MethodProgress, MethodResult>;

/** Signals that end a method: `stop` keeps what is found by then, `cancel` throws an AbortError at the next step. */
export interface StopSignals {
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
}
