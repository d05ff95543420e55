import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tinyPictures, trainTiny } from '../../adaptation/testing/tinyRuns';
import { openCpu } from '../../backend/onnxBackends';
import { memoryData } from '../../dataset/testing/memoryData';
import { experimentSchema } from '../../experiment/experimentSchema';
import type { LearningRound } from '../learningRounds';

/** Trains a round with few steps of a small network, on streets that lie in memory. */
export async function trainSmall(
  { experiment, run }: Pick<LearningRound, 'experiment' | 'run'>,
  steps: number,
  { log = (): void => undefined, openBackend = () => openCpu(1) }: Partial<Parameters<typeof trainTiny>[2]> = {},
): Promise<void> {
  const written = JSON.parse(readFileSync(experiment, 'utf8')) as { network: object; training: object };
  const parsed = experimentSchema.parse({
    ...written,
    network: { ...written.network, channels: 6 },
    training: { ...written.training, steps, batch: 2, size: [48, 32], learningRate: 0.01 },
  });
  const data = memoryData(parsed, { ...tinyPictures, target: [] });
  await trainTiny(run, parsed, { data, base: path.dirname(experiment), log, openBackend });
}
