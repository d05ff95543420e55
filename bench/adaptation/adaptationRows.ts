import { pretrainedTraining } from '../../server/src/engine/experiment/pretrainedTraining';
import type { Rows } from './rowSchema';

const network = { name: 'efficientnet-lite0' };
/** Where the rows of two pairs differ. */
interface RowSettings {
  readonly steps: number;
  readonly size: readonly [width: number, height: number];
  /** The steps on the source alone. */
  readonly warmUp: number;
  readonly targetHistograms: number;
  /** The share of the target's statistics after the warm-up. */
  readonly targetStatistics: number;
  /** How far brightness and colours of the source vary. */
  readonly augmentation: { readonly brightness: number; readonly colour: number };
  /** The learning rates of the adaptation, as a share of those of the warm-up. */
  readonly rateShare: number;
  /** The size of the pictures after the warm-up, where it is another. */
  readonly adaptedSize?: readonly [width: number, height: number];
}

/** Makes the rows of a pair: the source alone, and each strategy after a warm-up on the source. */
export function adaptationRows(settings: RowSettings): Rows {
  const { steps, size, warmUp, targetHistograms, targetStatistics, augmentation, rateShare, adaptedSize } = settings;
  const training = { ...pretrainedTraining, batch: 4, steps, size, augmentation };
  const ofTarget = { targetHistograms, targetStatistics };
  const stages = { warmUp, ...ofTarget, batch: 3, rateShare, ...(adaptedSize && { size: adaptedSize }) };
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
    'source alone, target histograms': sourceAlone({ targetHistograms: 1 }),
    'self-training': after({
      strategy: 'self-training',
      pseudoLabelThreshold: 0.9,
      teacherDecay: 0.98,
      maskedPhotos: 1,
      classBalance: 0.3,
    }),
    adversarial: after({
      strategy: 'adversarial',
      levels: 'multi',
      discriminatorChannels: 16,
      discriminatorNorm: 'spectral',
      adversarialWeight: 0.01,
      secondAdversarialWeight: 0.003,
      rampUp: 100,
    }),
    entropy: after({ strategy: 'entropy', entropyVariant: 'minent', entropyWeight: 0.01 }),
  };
}
