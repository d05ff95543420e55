import * as z from 'zod';
import { backendNames } from '../../../../protocol/backends';
import { mostScales, predictionScale } from '../../../../protocol/settings';

/**
 * The experiment file `NAME.adapt.json`: typed defaults, unknown keys refused by name. Descriptions here are what
 * completion, hover and the JSON schema show. Paths are relative to the file's folder.
 */

export const layoutNames = [
  'gta5',
  'synthia',
  'cityscapes',
  'camvid',
  'folders',
  'labelless',
  'labelme',
  'coco',
] as const;
export const strategyNames = ['none', 'adversarial', 'entropy', 'self-training'] as const;
export const networkNames = ['compact', 'efficientnet-lite0', 'mobilenetv2-aspp'] as const;
export const builtInClassLists = ['cityscapes19', 'camvid11'] as const;

export type LayoutName = (typeof layoutNames)[number];
export type StrategyName = (typeof strategyNames)[number];
export type NetworkName = (typeof networkNames)[number];

const describe = <T extends z.ZodType>(type: T, description: string) => type.meta({ description });

const labelled = z.strictObject({
  layout: describe(
    z.enum(layoutNames).default('folders'),
    'How images and labels lie on disk. `folders`: two folders, a label PNG named like its image.',
  ),
  root: describe(
    z.string().default('.'),
    "The data set's folder, for layouts that know their subfolders; `images` and `labels` are relative to it.",
  ),
  images: describe(
    z.string().optional(),
    "Folder of the images. Default: the layout's own, for example `images` in GTA5.",
  ),
  labels: describe(
    z.string().optional(),
    "Folder of the label images, or the annotation file of COCO. Default: the layout's own.",
  ),
  masks: describe(
    z.enum(['approved', 'scribbled', 'all']).optional(),
    'Which masks count, in the layout `labelless`: those that were approved; these, and of others the scribbles that ' +
      'are called as a class; or all. Default: approved.',
  ),
  limit: describe(z.int().positive().optional(), 'Use only so many images, the first by name. Default: all.'),
});

const classSchema = z.strictObject({
  name: describe(z.string().min(1), 'Name of the class, unique.'),
  values: describe(
    z.array(z.int().min(0).max(65535)).min(1),
    'Values in the label images that mean this class. In masks of Labelless the names of labels count instead.',
  ),
  colour: describe(z.string().regex(/^#[0-9a-fA-F]{6}$/), 'Colour of the class in masks, `#rrggbb`.'),
});

export const classesSchema = z.union([z.enum(builtInClassLists), z.array(classSchema).min(2).max(255)]);

const augmentation = z.strictObject({
  enabled: describe(z.boolean().default(true), 'Vary the training images at all.'),
  flip: describe(z.boolean().default(true), 'Mirror half of them left to right.'),
  scale: describe(
    z.tuple([z.number().positive().max(4), z.number().positive().max(4)]).default([1, 1.5]),
    'Smallest and largest factor of a random scale, then a random crop; below 1 nothing surrounds the picture.',
  ),
  brightness: describe(z.number().min(0).max(1).default(0.5), 'Brightness varies by up to this share.'),
  colour: describe(
    z.number().min(0).max(1).default(0.3),
    'Contrast varies by up to this share, white balance by a quarter of it, saturation from grey, at 0.4 and above, ' +
      'to 1.25 times as much more.',
  ),
});

const adaptation = z.strictObject({
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

const training = z.strictObject({
  steps: describe(z.int().min(1).default(3000), 'Optimizer steps.'),
  batch: describe(z.int().min(1).max(64).default(4), 'Images a step, of each domain.'),
  size: describe(
    z.tuple([z.int().min(16).max(4096), z.int().min(16).max(4096)]).default([160, 120]),
    'Width and height of what the network sees, pixels.',
  ),
  optimizer: describe(
    z.enum(['sgd', 'adam', 'adamw']).default('adam'),
    'Of the segmentation network. adamw: weights decay apart from the gradient (Loshchilov & Hutter, ICLR 2019). ' +
      'The discriminator is trained by Adam, as published.',
  ),
  learningRate: describe(
    z.number().positive().max(1).default(0.002),
    'Of the segmentation network; falls to 0 as (1 − step/steps)^0.9.',
  ),
  encoderLearningRate: describe(
    z.number().positive().max(1).default(0.0003),
    "Of efficientnet-lite0's pretrained encoder; falls likewise.",
  ),
  rateWarmUp: describe(z.int().min(0).default(0), 'Steps over which learning rates grow from 0 at first.'),
  discriminatorLearningRate: describe(
    z.number().positive().max(1).default(0.0001),
    'Of the discriminator. Published: 0.0001.',
  ),
  weightDecay: describe(z.number().min(0).max(1).default(0.0005), 'Of the segmentation network. Published: 0.0005.'),
  weightAverage: describe(
    z.number().min(0).max(0.9999).default(0),
    'Share of itself that a moving average of the weights keeps at each step on the source alone. The average is ' +
      'what the source network is in the end (Polyak & Juditsky, 1992). 0: none; 0.96 steadies short runs.',
  ),
  classBalance: describe(
    z.number().min(0).max(1).default(0),
    "Pixels of a class count by the class's share of the batch to the power of minus this. 0: all alike; 0.5: rare " +
      "classes, such as poles, are learnt sooner. Of the source's own loss alone; see `adaptation.classBalance`.",
  ),
  rareClassSampling: describe(
    z.number().min(0).max(10).default(0),
    'DAFormer (Hoyer et al., CVPR 2022): the temperature by which source images with rare classes are drawn sooner. ' +
      'Published: 0.01; higher is more even; 0: each image alike. Reads the labels before the first step, of 5,000 ' +
      'images at most, and draws from these.',
  ),
  augmentation: augmentation.prefault({}),
  seed: describe(z.int().min(0).max(0xffffffff).default(1), 'Makes a run repeatable.'),
  backend: describe(z.enum(backendNames).default('auto'), 'What computes; `auto` takes the fastest that works.'),
});

const prediction = z.strictObject({
  scales: describe(
    z.array(predictionScale).min(1).max(mostScales).default([0.75, 1, 1.25]),
    'Sizes at which a finished network sees a photo, as factors of `training.size`; the mean of the predictions ' +
      'counts (DeepLab: Chen et al., TPAMI 2018, §4.1). Time grows with their squares. [1]: one size.',
  ),
  mirror: describe(
    z.boolean().default(true),
    'Predict each size mirrored left to right too, and count the mean: twice the time.',
  ),
  refine: describe(
    z.boolean().default(true),
    'Multiply the probabilities of each pixel by their geometric mean over its superpixel, such as Method 1 begins ' +
      'with: borders of classes follow the edges of the photo.',
  ),
});

export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  source: describe(
    labelled.extend({
      holdOut: describe(
        z.number().min(0).max(0.5).optional(),
        'Share of the labelled images that are kept from training, to measure on. They also choose the checkpoint ' +
          '`best.safetensors`, with which a network without target photos segments. Default: 0.1 for the strategy ' +
          '`none` without an `evaluation`, else 0.',
      ),
    }),
    'The labelled images to learn from.',
  ),
  target: describe(
    z
      .strictObject({
        images: describe(z.string(), 'Folder of unlabelled photos. Subfolders are taken too.'),
        limit: describe(z.int().positive().optional(), 'Use only so many images, the first by name. Default: all.'),
      })
      .optional(),
    'The unlabelled photos to adapt to. Only strategy `none` goes without.',
  ),
  classes: describe(classesSchema, 'A built-in list, or your own classes.'),
  network: z
    .strictObject({
      name: describe(
        z.enum(networkNames).default('compact'),
        'compact: encoder–decoder from scratch, trains on a CPU. mobilenetv2-aspp: DeepLab-style, two outputs.',
      ),
      channels: describe(z.int().min(4).max(256).default(24), "Width of `compact`'s first level."),
      pretrained: describe(z.string().optional(), 'safetensors file with encoder weights, loaded by name.'),
    })
    .prefault({}),
  adaptation: adaptation.prefault({}),
  training: training.prefault({}),
  prediction: describe(prediction.prefault({}), 'How the finished network segments photos. Training does without.'),
  evaluation: describe(
    labelled
      .extend({
        every: describe(z.int().min(1).default(250), 'Steps from one evaluation to the next.'),
      })
      .optional(),
    'Labelled target images, for measuring only: they reach neither training nor the choice of a checkpoint.',
  ),
  output: z
    .strictObject({
      folder: describe(z.string().optional(), "The run's folder. Default: `runs/NAME` beside the file."),
      checkpointEvery: describe(z.int().min(1).default(250), 'Steps from one checkpoint to the next.'),
      keep: describe(
        z.int().min(1).max(100).default(2),
        'The last checkpoints to keep, beside the best one: that of the highest mIoU on held-out images, or where ' +
          'none are held out, of the lowest training loss.',
      ),
      previews: describe(
        z.int().min(0).max(16).default(4),
        'Target pictures whose predictions are saved as training goes on.',
      ),
    })
    .prefault({}),
});

export type Experiment = z.infer<typeof experimentSchema>;
export type PredictionSettings = Readonly<Experiment['prediction']>;
export type ClassDefinition = z.infer<typeof classSchema>;
