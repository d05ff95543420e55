/** How a network with a pretrained encoder is trained in some hundred steps: docs/method2.md. */
export const pretrainedTraining = {
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
  classBalance: 0.3,
} as const;
