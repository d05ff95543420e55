import type { Rows } from './rowSchema';

const network = { name: 'efficientnet-lite0' };
const training = {
  steps: 450,
  batch: 4,
  size: [192, 144],
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
};
/** 300 steps on rendered frames alone, then 150 that adapt, with larger pictures. */
const stages = { warmUp: 300, targetStatistics: 0.4, size: [240, 180], batch: 3, rateShare: 0.5 };
/** The source alone has all steps at the size of the last stage. */
const throughout = { ...training, size: stages.size };

/** The rows of rendered frames → real photos. */
export const renderedRows: Rows = {
  'source alone': { network, training: throughout, adaptation: { strategy: 'none' } },
  'source alone, target statistics': {
    network,
    training: throughout,
    adaptation: { strategy: 'none', targetStatistics: 0.4 },
  },
  'self-training': {
    network,
    training,
    adaptation: {
      ...stages,
      strategy: 'self-training',
      pseudoLabelThreshold: 0.9,
      teacherDecay: 0.98,
      maskedPhotos: 1,
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
