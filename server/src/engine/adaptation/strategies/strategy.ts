import type { Node, StateVariable } from '../../graph';
import type { Experiment } from '../../experiment/experimentSchema';
import type { NetworkOutputs } from '../networks/layers';
import type { LayerStatistics, ForwardPass } from '../networks/forwardPass';

/** A network's outputs for a batch, and the statistics of its layers. */
export interface BatchOutputs extends NetworkOutputs {
  readonly statistics: readonly LayerStatistics[];
}

/** The training step that an adaptation strategy builds on. All pictures are [N,3,H,W], all labels int32 [N,1,H,W]. */
export interface StrategyContext {
  readonly experiment: Experiment;
  readonly source: Node;
  readonly labels: Node;
  /** The weights of the classes in adaptation where rare ones count more, [classes]: 1 on average over the source. */
  readonly classWeights: Node | undefined;
  readonly target: Node;
  /** Outputs of the network in training on the source. */
  readonly sourceOutputs: BatchOutputs;
  /**
   * Lays the network in training, or one with other weights, over a batch; normalised by the batch's statistics or by
   * the stored ones.
   */
  readonly applyNetwork: (x: Node, weights?: ForwardPass['weights'], mode?: ForwardPass['mode']) => BatchOutputs;
  /** The weight of adaptation, a scalar input: 0 until the warm-up is over, then growing to 1. */
  readonly strength: Node;
  /** The discriminator's learning rate, a scalar input. */
  readonly discriminatorRate: Node;
}

/** What an adaptation strategy adds to a training step: losses, statistics and state. */
export interface StrategyTerms {
  /** The losses for the log, scalars by the names that the log uses. */
  readonly losses: Readonly<Record<string, Node>>;
  /** The loss that the network minimises beside the segmentation loss; already weighted. */
  readonly objective?: Node;
  /** Statistics of the network in training on the target, where it was applied to that. */
  readonly statistics?: readonly LayerStatistics[];
  /** The running averages of inference, where it uses other weights than those in training. */
  readonly averages?: readonly StateVariable[];
  /** State that changes besides the network, given the network's new weights and running averages. */
  readonly updates?: (
    network: readonly StateVariable[],
    averages: readonly StateVariable[],
  ) => readonly StateVariable[];
}

export type Strategy = (step: StrategyContext) => StrategyTerms;
