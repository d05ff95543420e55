import type { Rows } from './rowSchema';

const network = { name: 'efficientnet-lite0' };
const training = {
  steps: 350,
  batch: 4,
  size: [192, 144],
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
  classBalance: 0.3,
  augmentation: { brightness: 0.4, colour: 0.4 },
};
/** 200 steps on rendered frames in the light of the photos, then 150 that adapt. */
const stages = { warmUp: 200, targetHistograms: 1, batch: 3, rateShare: 0.7 };
const sourceAlone = (adaptation: object) => ({ network, training, adaptation: { strategy: 'none', ...adaptation } });

/** The rows of rendered frames → real photos. */
export const renderedRows: Rows = {
  'source alone': sourceAlone({}),
  'source alone, target statistics': sourceAlone({ targetStatistics: 0.4 }),
  'source alone, target histograms': sourceAlone({ targetHistograms: 1 }),
  'self-training': {
    network,
    training,
    adaptation: {
      ...stages,
      strategy: 'self-training',
      pseudoLabelThreshold: 0.9,
      teacherDecay: 0.98,
      maskedPhotos: 1,
      classBalance: 0.3,
    },
  },
  adversarial: {
    network,
    training,
    adaptation: { ...stages, strategy: 'adversarial', discriminatorChannels: 16, adversarialWeight: 0.003 },
  },
  entropy: {
    network,
    training,
    adaptation: { ...stages, strategy: 'entropy', entropyVariant: 'minent', entropyWeight: 0.01 },
  },
};
