import { assign, input, movingAverage } from '../../graph';
import { NetworkWeights, teacherPrefix } from '../networks/networkWeights';
import type { StrategyContext, StrategyTerms } from './strategy';

/** Name of the input that has the share of itself that the average of the weights keeps at a step. */
export const averageKeepsInput = 'averageKeeps';

/**
 * Supervised training on the source, which adds nothing but, where the experiment asks for it, a moving average of the
 * weights: a network that varies less from step to step than the one in training (Polyak and Juditsky, 1992). It has
 * the teacher's names, since it is one for the strategy that has a teacher.
 */
export function sourceOnly({ experiment, source, applyNetwork }: StrategyContext): StrategyTerms {
  const { weightAverage, seed } = experiment.training;
  if (weightAverage === 0) return { losses: {} };
  const averaged = new NetworkWeights(teacherPrefix, seed);
  applyNetwork(source, averaged, 'stored'); // names the weights, in the network's order; nothing else needs it
  const keeps = input(averageKeepsInput, []);
  return {
    losses: {},
    updates: (network, averages) => [
      ...averaged.trained.map((weight, index) => movingAverage(weight, network[index]!.next, keeps)),
      ...averaged.averaged.map((average, index) => assign(average, averages[index]!.next)),
    ],
  };
}

/**
 * Computes the share of itself that an average of weights keeps at a step, counted from 1: at first it is the plain
 * mean of the networks so far.
 */
export function averageKeeps(step: number, weightAverage: number): number {
  return Math.min(weightAverage, 1 - 1 / step);
}
