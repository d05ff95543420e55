import * as z from 'zod';
import { imageViewSchema } from '../mask/document/imageView';
import { backendNames, methodNames, outputFormats, type MethodName } from './names';

/** The methods that train on the picture itself. */
export type ClusteringMethodName = Exclude<MethodName, 'adapted'>;

/** Factors of the size that a network was trained on, at which it sees photos; several are averaged. */
export const predictionScale = z.number().min(0.25).max(4);
export const mostScales = 5;
/** A switch of prediction; `auto`: as the network's experiment says. */
const predictionSwitch = z.enum(['auto', 'on', 'off']).default('auto');

/**
 * The schema of the settings under `labelless.`, as one request reads them. Units and meaning are in package.json's
 * descriptions.
 */
export const settingsSchema = z.object({
  method: z.enum(methodNames).default('clustering'),
  granularity: z.number().min(0).max(1).default(0.5),
  backend: z.enum(backendNames).default('auto'),
  /** Names for labels in the mask editor; see `parseLabelNames`. */
  labels: z.array(z.string()).default([]),
  seed: z.int().min(0).max(0xffffffff).default(1),
  clustering: z
    .object({
      channels: z.int().min(4).max(256).default(24),
      iterations: z.int().min(1).max(200).default(14),
      scale: z.number().min(0.1).max(1).default(0.4),
      superpixels: z.int().min(16).max(20000).default(1200),
      learningRate: z.number().positive().max(1).default(0.1),
    })
    .prefault({}),
  together: z
    .object({
      /** What *Segment Together* compares places by; `auto`: by pretrained features where their weights are there. */
      features: z.enum(['auto', 'colours', 'pretrained']).default('auto'),
    })
    .prefault({}),
  superpixel: z
    .object({
      channels: z.int().min(4).max(256).default(100),
      blocks: z.int().min(1).max(10).default(3),
      iterations: z.int().min(1).max(10000).default(1000),
      minimumLabels: z.int().min(2).max(256).default(3),
      learningRate: z.number().positive().max(1).default(0.1),
      superpixels: z.int().min(16).max(60000).default(10000),
      compactness: z.number().positive().max(1000).default(100),
    })
    .prefault({}),
  continuity: z
    .object({
      channels: z.int().min(4).max(256).default(100),
      blocks: z.int().min(1).max(10).default(2),
      iterations: z.int().min(1).max(10000).default(1000),
      minimumLabels: z.int().min(2).max(256).default(3),
      learningRate: z.number().positive().max(1).default(0.1),
      similarityWeight: z.number().min(0).max(100).default(1),
      continuityWeight: z.number().min(0).max(100).default(1),
    })
    .prefault({}),
  /** How pictures are made of the values of their files, where these are not 8 bits of red, green and blue. */
  image: imageViewSchema.prefault({}),
  adaptation: z
    .object({
      /**
       * Folder of the training run whose network the method `adapted` uses; absolute, or relative to the image's
       * folder.
       */
      checkpoint: z.string().default(''),
      /** Scales of prediction; empty: those of the run's experiment. */
      scales: z.array(predictionScale).max(mostScales).default([]),
      mirror: predictionSwitch,
      /** Whether classes follow the superpixels of the photo. */
      refine: predictionSwitch,
    })
    .prefault({}),
  output: z
    .object({
      folder: z.string().default(''),
      formats: z.array(z.enum(outputFormats)).default(['mask']),
      /** The meaning of the values of masks: labels, or the class ids of the folder's class file. */
      values: z.enum(['labels', 'classes']).default('labels'),
      /** For the mask editor: exports a mask when it is saved. */
      exportOnSave: z.boolean().default(false),
      /** How far polygons of LabelMe, COCO and YOLO may be from the boundaries of labels, in pixels. */
      polygonTolerance: z.number().min(0).max(50).default(0),
    })
    .prefault({}),
  editor: z
    .object({
      /** For the mask editor: whether keys of single characters are on. */
      singleKeys: z.boolean().default(true),
    })
    .prefault({}),
  limits: z
    .object({
      /** Memory for training, in megabytes. */
      memory: z.number().min(256).default(3000),
      /** Largest image, in millions of pixels. */
      megapixels: z.number().min(0.01).default(100),
      /** Largest image file, in megabytes. */
      fileSize: z.number().min(0.01).default(500),
      /** Threads of the CPU back ends; 0 takes one per core. */
      threads: z.int().min(0).max(256).default(0),
    })
    .prefault({}),
  tensorflow: z
    .object({
      /** Folder in whose node_modules the user has installed @tensorflow/tfjs-node or -gpu. */
      folder: z.string().default(''),
    })
    .prefault({}),
});

/** The schema of the settings under `labelless.` that belong to a window and that the extension host alone reads. */
export const windowSettingsSchema = z.object({
  queue: z
    .object({
      /** Address of the Redis whose queues are watched, without a password. */
      url: z.string().default(''),
    })
    .prefault({}),
});

export type Settings = z.infer<typeof settingsSchema>;
export const defaultSettings: Settings = settingsSchema.parse({});
