import type { Node } from '../../graph';
import type { NetworkWeights } from './networkWeights';

/** The state that the layers of a network share while it is laid over one input. */
export interface ForwardPass {
  readonly weights: NetworkWeights;
  /** Normalises by the batch's own statistics, as in training, or by the stored ones, as in inference. */
  readonly mode: 'batch' | 'stored';
  /** The statistics of layers, in the order of their normalisations. */
  readonly statistics: LayerStatistics[];
  /** Where a pretrained encoder's outputs are measured, and corrected to those of other pictures, layer by layer. */
  readonly encoder?: {
    readonly layers: EncoderLayer[];
    readonly alignTo?: readonly EncoderLayer[];
    readonly share: number;
  };
}

/** Statistics of a layer that is normalised. */
export interface LayerStatistics {
  /** The variables that inference normalises by. */
  readonly stored: Statistics;
  /** Those of the batch. */
  readonly found: Statistics;
}

/** Mean and variance of channels: [channels] each. */
export interface Statistics {
  readonly mean: Node;
  readonly variance: Node;
}

export function startForwardPass(
  weights: NetworkWeights,
  mode: ForwardPass['mode'],
  encoder?: ForwardPass['encoder'],
): ForwardPass {
  return { weights, mode, statistics: [], ...(encoder && { encoder }) };
}

/** What a layer's outputs are multiplied by, and what is then added: [channels] each. */
export interface Correction {
  readonly gain: Node;
  readonly offset: Node;
}

/** A layer of the encoder, the statistics of its outputs, and how they were corrected. */
export interface EncoderLayer {
  readonly filter: Node;
  readonly bias: Node;
  readonly found: Statistics;
  readonly correction?: Correction;
}
