import path from 'node:path';
import { experimentSchema, type Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { describeIssues } from '../../mask/issueText';
import { adaptationRows } from './adaptationRows';
import type { Row, Rows } from './rowSchema';

/** A labelled domain and photos to adapt to, in a data folder. */
export interface Pair {
  readonly title: string;
  readonly classes: Experiment['classes'];
  /** Folders with `images` and `labels`. */
  readonly source: string;
  readonly validation: string;
  /** The folder of the unlabelled photos. */
  readonly target: string;
  /** The number of validation frames, the first by name, that settings may be tuned on. */
  readonly tuned: number;
  readonly rows: Rows;
}

const renderedClasses = [
  ['sky', '#4682b4'],
  ['building', '#464646'],
  ['vegetation', '#6b8e23'],
  ['road', '#804080'],
  ['car', '#00008e'],
] as const;

export const pairs: Readonly<Record<'rendered' | 'dusk', Pair>> = {
  rendered: {
    title: 'rendered → real',
    classes: renderedClasses.map(([name, colour], value) => ({ name, values: [value], colour })),
    source: 'source',
    validation: 'validation',
    target: 'target',
    tuned: 33,
    rows: adaptationRows({
      steps: 350,
      size: [192, 144],
      warmUp: 200,
      targetHistograms: 1,
      targetStatistics: 0,
      augmentation: { brightness: 0.4, colour: 0.4 },
      rateShare: 0.7,
    }),
  },
  dusk: {
    title: 'day → dusk',
    classes: 'camvid11',
    source: 'day',
    validation: 'dusk-validation',
    target: 'dusk-unlabelled/images',
    tuned: 15,
    rows: adaptationRows({
      steps: 900,
      size: [160, 120],
      warmUp: 600,
      targetHistograms: 0,
      targetStatistics: 0.4,
      augmentation: { brightness: 0.3, colour: 0.2 },
      rateShare: 1,
      adaptedSize: [240, 180],
    }),
  },
};

/**
 * Makes a row's experiment, with seed 1. While it trains it is measured on the frames for tuning only.
 * @param data the pair's data folder
 * @throws Error that names the row and its faults
 */
export function experimentOf(pair: Pair, data: string, name: string, row: Row): Experiment {
  const at = (folder: string) => path.resolve(data, folder);
  const value = {
    source: { root: at(pair.source) },
    target: { images: at(pair.target) },
    classes: pair.classes,
    network: row.network,
    training: { ...row.training, seed: 1 },
    adaptation: row.adaptation,
    prediction: row.prediction,
    evaluation: { root: at(pair.validation), limit: pair.tuned, every: 100 },
    output: { previews: 0, checkpointEvery: 50, keep: 1 },
  };
  const { success, data: experiment, error } = experimentSchema.safeParse(value);
  if (!success) throw new Error(`${name}: ${describeIssues(error.issues, value).join('; ')}`);
  return experiment;
}

/** Shortens an experiment to some steps, its warm-up in proportion: to try out what a benchmark does. */
export function withSteps(experiment: Experiment, steps: number): Experiment {
  const { adaptation, training } = experiment;
  const warmUp = Math.min(steps - 1, Math.round((adaptation.warmUp * steps) / training.steps));
  return { ...experiment, adaptation: { ...adaptation, warmUp }, training: { ...training, steps } };
}
