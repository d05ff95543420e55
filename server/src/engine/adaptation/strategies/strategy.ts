import type { Node, StateVariable } from '../../graph';
import type { Experiment } from '../experiment';
import type { Outputs } from '../networks/network';
import type { Pass } from '../networks/pass';

/** A network's outputs for a batch, and the running averages that the batch moves. */
export interface Laid extends Outputs { readonly averages: readonly StateVariable[] }

/** What a strategy builds its part of a training step on. All pictures are [N,3,H,W], all labels int32 [N,1,H,W]. */
export interface Step {
  readonly experiment: Experiment;
  readonly source: Node;
  readonly labels: Node;
  readonly target: Node;
  /** Weights of the classes [classes] in the losses, where they are not all alike. */
  readonly classWeights?: Node;
  /** The network in training, on the source. */
  readonly onSource: Laid;
  /** Lays the network in training, or one with other weights, over a batch. */
  readonly lay: (x: Node, weights?: Pass['weights']) => Laid;
  /** A scalar input: 0 until the warm-up is over, then 1. */
  readonly strength: Node;
  /** A scalar input: the discriminator's learning rate. */
  readonly discriminatorRate: Node;
}

/** A strategy's part of a step. */
export interface Part {
  /** Scalars for the log, by the names of protocol/adapt.ts. */
  readonly losses: Readonly<Record<string, Node>>;
  /** What the network minimises beside the segmentation loss; already weighted. */
  readonly objective?: Node;
  /** The running averages that inference will use; without them the source's. */
  readonly averages?: readonly StateVariable[];
  /** State that changes besides the network, given the network's new weights. */
  readonly updates?: (network: readonly StateVariable[]) => readonly StateVariable[];
}

export type Strategy = (step: Step) => Part;
