import { type Node, type StateVariable, add, movingAverage, multiply } from '../../graph';
import type { Experiment } from '../../experiment/experimentSchema';
import type { LayerStatistics } from './forwardPass';

/** Share of itself that a running average keeps from step to step. */
const averageKeeps = 0.95;

/**
 * Moves running averages towards the mean of the statistics of several batches, which are in the order of the averages.
 */
export function updateRunningAverages(
  averages: readonly Node[],
  batches: readonly (readonly LayerStatistics[])[],
): StateVariable[] {
  const inOrder = batches.map(batch => batch.flatMap(({ found }) => [found.mean, found.variance]));
  return averages.map((average, index) => {
    const sum = inOrder.map(statistics => statistics[index]!).reduce((a, b) => add(a, b));
    return movingAverage(average, multiply(sum, 1 / batches.length), averageKeeps);
  });
}

/** Selects the statistics of batches that the running averages follow by the experiment's settings. */
export function statisticsOf(
  whose: Experiment['adaptation']['statistics'],
  source: readonly LayerStatistics[],
  target: readonly LayerStatistics[] | undefined,
): (readonly LayerStatistics[])[] {
  if (!target || whose === 'source') return [source];
  return whose === 'both' ? [source, target] : [target];
}
