import type { TensorValue } from '../backend/session';
import { add, createProgram, input, multiply, sgd, type Node, type Program } from '../graph';
import { continuityLoss, majorityLabels, ownLabels, similarityLoss } from './losses';
import { network } from './network';

export interface TrainingPlan {
  /** Of one size, trained on together; default 1. */
  readonly pictures?: number;
  readonly inputs: number;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly blocks: number;
  readonly learningRate: number;
  readonly initial: Readonly<Record<string, TensorValue>>;
}

const momentum = 0.9; // both papers

/** A training step on the input `picture`, with outputs `loss`, `labels` and `response`. */
export function plan(options: TrainingPlan, lossOf: (response: Node, labels: Node) => Node): Program {
  const x = input('picture', [options.pictures ?? 1, options.inputs, options.height, options.width]);
  const { response, weights } = network(x, options.blocks, options.initial);
  const labels = ownLabels(response);
  const loss = lossOf(response, labels);
  return createProgram(
    { loss, labels, response },
    sgd(loss, weights, { learningRate: options.learningRate, momentum }),
  );
}

/** A step of Kim et al. (TIP 2020): similarity to the own labels, plus continuity, each with its weight. */
export function continuityProgram(
  options: TrainingPlan & { similarityWeight: number; continuityWeight: number },
): Program {
  return plan(options, (response, labels) =>
    add(
      multiply(similarityLoss(response, labels), options.similarityWeight),
      multiply(continuityLoss(response), options.continuityWeight),
    ),
  );
}

/**
 * A step of Kanezaki (ICASSP 2018): similarity to the majority label of each superpixel, which the input `superpixels`
 * gives.
 */
export function superpixelProgram(options: TrainingPlan & { superpixels: number }): Program {
  const superpixels = input('superpixels', [options.width * options.height], 'int32');
  return plan(options, (response, labels) =>
    similarityLoss(response, majorityLabels(labels, options.channels, superpixels, options.superpixels)),
  );
}
