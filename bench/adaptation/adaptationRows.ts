import type { Rows } from './rowSchema';

const network = { name: 'efficientnet-lite0' };
/** What all rows have in common. */
const usual = {
  batch: 4,
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
  classBalance: 0.3,
  augmentation: { brightness: 0.4, colour: 0.4 },
};

/** Where the rows of two pairs differ. */
interface RowSettings {
  readonly steps: number;
  readonly size: readonly [width: number, height: number];
  /** The steps on the source alone. */
  readonly warmUp: number;
  readonly targetHistograms: number;
  /** The size of the pictures after the warm-up, where it is another. */
  readonly adaptedSize?: readonly [width: number, height: number];
}

/** Makes the rows of a pair: the source alone, and each strategy after a warm-up on the source. */
export function adaptationRows({ steps, size, warmUp, targetHistograms, adaptedSize }: RowSettings): Rows {
  const training = { ...usual, steps, size };
  const stages = { warmUp, targetHistograms, batch: 3, rateShare: 0.7, ...(adaptedSize && { size: adaptedSize }) };
  // The source alone has all steps at the size of the last stage.
  const sourceAlone = (adaptation: object) => ({
    network,
    training: { ...training, size: adaptedSize ?? size },
    adaptation: { strategy: 'none', ...adaptation },
  });
  const after = (adaptation: object) => ({ network, training, adaptation: { ...stages, ...adaptation } });
  return {
    'source alone': sourceAlone({}),
    'source alone, target statistics': sourceAlone({ targetStatistics: 0.4 }),
    'source alone, target histograms': sourceAlone({ targetHistograms }),
    'self-training': after({
      strategy: 'self-training',
      pseudoLabelThreshold: 0.9,
      teacherDecay: 0.98,
      maskedPhotos: 1,
      classBalance: 0.3,
    }),
    adversarial: after({ strategy: 'adversarial', discriminatorChannels: 16, adversarialWeight: 0.003 }),
    entropy: after({ strategy: 'entropy', entropyVariant: 'minent', entropyWeight: 0.01 }),
  };
}
