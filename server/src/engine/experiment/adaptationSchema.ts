import * as z from 'zod';
import { describe } from './settingDescription';

export const strategyNames = ['none', 'adversarial', 'entropy', 'self-training'] as const;
export type StrategyName = (typeof strategyNames)[number];

/** The key `adaptation` of an experiment file: how a network is adapted to unlabelled photos. */
export const adaptationSchema = z.strictObject({
  strategy: describe(
    z.enum(strategyNames).default('adversarial'),
    'none: supervised on the source. adversarial: AdaptSegNet (Tsai et al., CVPR 2018). ' +
      'entropy: ADVENT (Vu et al., CVPR 2019). self-training: DACS (Tranheden et al., WACV 2021).',
  ),
  levels: describe(
    z.enum(['single', 'multi', 'features']).default('single'),
    'What the discriminator sees. single: the last output. multi: the second one too (AdaptSegNet §4.2). ' +
      'features: those that the last output is made of, in efficientnet-lite0.',
  ),
  gan: describe(
    z.enum(['vanilla', 'least-squares']).default('vanilla'),
    'Loss of the discriminator (AdaptSegNet §3; least squares: Mao et al., ICCV 2017).',
  ),
  discriminatorNorm: describe(
    z.enum(['none', 'spectral']).default('none'),
    "spectral: the discriminator's filters are divided by their largest singular value, so that its slope stays " +
      'bounded and the network can follow it (Miyato et al., ICLR 2018).',
  ),
  discriminatorChannels: describe(
    z.int().min(4).max(256).default(64),
    "Channels of the discriminator's first layer. Published: 64; 16 is several times as fast with `compact`.",
  ),
  adversarialWeight: describe(z.number().min(0).max(10).default(0.001), 'λ_adv of the last output. Published: 0.001.'),
  secondAdversarialWeight: describe(
    z.number().min(0).max(10).default(0.0002),
    'λ_adv of the second output, with `levels: multi`. Published: 0.0002.',
  ),
  secondSegmentationWeight: describe(
    z.number().min(0).max(10).default(0.1),
    'λ_seg of the second output. Published: 0.1.',
  ),
  entropyVariant: describe(
    z.enum(['advent', 'minent']).default('advent'),
    'AdvEnt: adversarial on weighted self-information maps. MinEnt: the entropy itself as a loss.',
  ),
  entropyWeight: describe(z.number().min(0).max(10).default(0.001), 'λ_ent of MinEnt. Published: 0.001.'),
  pseudoLabelThreshold: describe(
    z.number().min(0).max(1).default(0.968),
    "DACS: confidence above which a teacher's label counts. Published: 0.968.",
  ),
  classBalance: describe(
    z.number().min(0).max(1).default(0),
    "Self-training: pixels of mixed and masked pictures count by the class's share of the source's batch to the " +
      'power of minus this, as `training.classBalance` does for the source. 0.3 pays with a pretrained encoder.',
  ),
  maskedPhotos: describe(
    z.int().min(0).max(64).default(0),
    'MIC (Hoyer et al., CVPR 2023): target photos a step that the network sees with squares left out, and labels as ' +
      'the teacher labels the whole photo. 1 of 3 pays with a pretrained encoder.',
  ),
  maskRatio: describe(z.number().min(0).max(0.95).default(0.7), 'MIC: share of the squares left out. Published: 0.7.'),
  maskSize: describe(z.int().min(2).max(512).default(32), 'MIC: side of the squares, pixels. Published: 64 of 512.'),
  teacherDecay: describe(
    z.number().min(0).max(1).default(0.99),
    'DACS: share of itself that the mean teacher keeps at each step. Published: 0.99.',
  ),
  statistics: describe(
    z.enum(['both', 'target', 'source']).default('both'),
    'Whose batches the statistics of batch normalisation follow that the finished model uses. ' +
      'target: AdaBN (Li et al., Pattern Recognition 2018). both: the mean of source and target, which suffers less ' +
      'where classes are more common in one of them. With self-training the mixed pictures stand for the target. ' +
      "Strategy none has the source's.",
  ),
  targetStatistics: describe(
    z.number().min(0).max(1).default(0),
    "How far the statistics of efficientnet-lite0's layers on target photos are brought to those on the source, when " +
      "the source's steps are over (Schneider et al., NeurIPS 2020): 0 not at all, 1 all the way, which loses " +
      'classes. Strategy none can have it too, where a target is named.',
  ),
  targetHistograms: describe(
    z.number().min(0).max(1).default(0),
    'Share of the source images of a batch that take on the histograms of target photos, channel by channel: ' +
      'their light and colours. 0.5 where the domains differ in light, such as day and dusk. ' +
      'With strategy none too, where a target is named.',
  ),
  targetAmplitudes: describe(
    z.number().min(0).max(1).default(0),
    'FDA (Yang and Soatto, CVPR 2020): share of the source images of a batch that take on the amplitudes of low ' +
      'frequencies of target photos: their light, haze and colour cast. The last ones of the batch; with ' +
      '`targetHistograms` the first ones have those.',
  ),
  amplitudeWindow: describe(
    z.number().min(0).max(0.25).default(0.01),
    "FDA: β, the highest frequencies exchanged, in cycles a pixel. Published: 0.01 to 0.09. 0: each channel's mean.",
  ),
  featureDistance: describe(
    z.number().min(0).max(10).default(0),
    "DAFormer (Hoyer et al., CVPR 2022): weight of the distance of efficientnet-lite0's features on the source from " +
      'those of the pretrained encoder. Published: 0.005, with another encoder. Steps take longer with it.',
  ),
  warmUp: describe(
    z.int().min(0).default(0),
    'Steps on the source alone before adaptation begins. Adaptation starts from the network that they made, with ' +
      'learning rates that fall anew.',
  ),
  size: describe(
    z.tuple([z.int().min(16).max(4096), z.int().min(16).max(4096)]).optional(),
    'Width and height of what the network sees after the warm-up, pixels. Default: `training.size`.',
  ),
  batch: describe(
    z.int().min(1).max(64).optional(),
    'Images a step after the warm-up, of each domain. Default: `training.batch`.',
  ),
  rateShare: describe(
    z.number().positive().max(1).default(1),
    'Learning rates after the warm-up, as a share of those before.',
  ),
  rampUp: describe(
    z.int().min(0).default(0),
    'Steps after the warm-up over which the weight of adaptation grows evenly to its full value.',
  ),
});
