import * as z from 'zod';
import { backendNames } from '../../../../protocol/names';
import { adaptationSchema } from './adaptationSchema';
import { describe } from './settingDescription';
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
export const networkNames = ['compact', 'efficientnet-lite0', 'mobilenetv2-aspp'] as const;
export const builtInClassLists = ['cityscapes19', 'camvid11'] as const;

export type LayoutName = (typeof layoutNames)[number];
export type NetworkName = (typeof networkNames)[number];

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
  adaptation: adaptationSchema.prefault({}),
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
