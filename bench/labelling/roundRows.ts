import { experimentSchema, type Experiment } from '../../server/src/engine/experiment/experimentSchema';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { checkRows, type Row } from '../adaptation/rowSchema';
import { writtenDefinitions } from './writtenFolder';
import { describeIssues } from '../../mask/issueText';

const training = {
  steps: 300,
  batch: 4,
  size: [240, 180],
  optimizer: 'adamw',
  learningRate: 0.002,
  encoderLearningRate: 0.0003,
  weightDecay: 0.01,
  rateWarmUp: 20,
  classBalance: 0.3,
  augmentation: { brightness: 0.3, colour: 0.2 },
};
const network = { name: 'efficientnet-lite0' };

/** The networks that are compared, by name of their rows. */
const rows = checkRows(
  {
    'from scratch': {
      network: { name: 'compact' },
      training: { ...training, steps: 600 },
      adaptation: { strategy: 'none' },
    },
    pretrained: { network, training, adaptation: { strategy: 'none' } },
    'pretrained, self-training on the rest': {
      network,
      training: { ...training, steps: 400 },
      adaptation: {
        strategy: 'self-training',
        warmUp: 300,
        batch: 3,
        rateShare: 0.7,
        pseudoLabelThreshold: 0.9,
        teacherDecay: 0.98,
        maskedPhotos: 1,
        classBalance: 0.3,
      },
    },
  },
  'roundRows.ts',
);

/** The rows by name, those of a file that was read included. */
export function rowsWith(more: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> {
  return { ...rows, ...more };
}

/** Makes the experiment of a row on a labelled folder. Nothing is held out, since labels are few. */
export function experimentOn(folder: string, classes: ClassList, name: string, row: Row, seed: number): Experiment {
  const value = {
    source: { layout: 'labelless', root: folder, masks: 'approved', holdOut: 0 },
    target: { images: folder },
    classes: writtenDefinitions(classes),
    network: row.network,
    training: { ...row.training, seed },
    adaptation: row.adaptation,
    prediction: row.prediction,
    output: { previews: 0, checkpointEvery: 100, keep: 1 },
  };
  const { success, data: experiment, error } = experimentSchema.safeParse(value);
  if (!success) throw new Error(`${name}: ${describeIssues(error.issues, value).join('; ')}`);
  return experiment;
}
