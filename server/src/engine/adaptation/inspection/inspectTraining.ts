import { inspectData } from '../../dataset/inspection/inspectData';
import type { DataFinding } from '../../dataset/inspection/dataFinding';
import type { Experiment } from '../../experiment/experimentSchema';
import { inspectPretrained } from './inspectPretrained';

/**
 * Finds the faults of what an experiment trains on: its pretrained weights and its data. Rejects for nothing but
 * `signal`.
 * @param base the folder of the experiment file
 */
export async function inspectTraining(
  experiment: Experiment,
  base: string,
  signal: AbortSignal,
): Promise<DataFinding[]> {
  return [...(await inspectPretrained(experiment, base)), ...(await inspectData(experiment, base, signal))];
}
