import type { Rows } from './rowSchema';

const network = { name: 'efficientnet-lite0' };
const training = {
  steps: 600,
  batch: 4,
  size: [160, 120],
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
  classBalance: 0.3,
  augmentation: { brightness: 0.4, colour: 0.4 },
};
/** 400 steps on day pictures in the light of dusk, then 200 that adapt, with larger pictures. */
const stages = {
  warmUp: 400,
  targetHistograms: 0.5,
  size: [240, 180],
  batch: 3,
  rateShare: 0.7,
};
/** The source alone has all steps at the size of the last stage. */
const sourceAlone = (adaptation: object) => ({
  network,
  training: { ...training, size: stages.size },
  adaptation: { strategy: 'none', ...adaptation },
});

/** The rows of CamVid's day → dusk. */
export const duskRows: Rows = {
  'source alone': sourceAlone({}),
  'source alone, target statistics': sourceAlone({ targetStatistics: 0.4 }),
  'source alone, target histograms': sourceAlone({ targetHistograms: 0.5 }),
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
