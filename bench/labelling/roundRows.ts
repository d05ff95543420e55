import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { experimentSchema, type Experiment } from '../../server/src/engine/experiment/experimentSchema';
import type { Size } from '../../server/src/engine/image/picture';
import { roundExperiment } from '../../server/src/engine/learning/roundExperiment';
import { describeIssues } from '../../mask/issueText';
import { checkRows, type Row } from '../adaptation/rowSchema';
import { folderClasses, writtenDefinitions } from './writtenFolder';

/** The networks that are compared: how each differs from a round of *Learn from My Masks*. */
const rows = checkRows(
  {
    'from scratch': { network: { name: 'compact' }, training: { steps: 600 }, adaptation: {} },
    pretrained: { network: {}, training: {}, adaptation: {} },
    'pretrained, self-training on the rest': {
      network: {},
      training: {},
      adaptation: {
        strategy: 'self-training',
        batch: 3,
        rateShare: 0.7,
        pseudoLabelThreshold: 0.9,
        teacherDecay: 0.98,
        maskedPhotos: 1,
        classBalance: 0.3,
      },
    },
  },
  'the rows',
);

/** The steps of self-training after those on the labels, where a row does not say otherwise. */
const adaptingSteps = 100;

/** The rows by name, with those of a file that was read. */
export function rowsWith(more: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> {
  return { ...rows, ...more };
}

/** A row of the table, and the seed of its training. */
export interface SeededRow {
  readonly name: string;
  readonly row: Row;
  readonly seed: number;
}

/** A folder of which some images have approved masks. */
export interface ApprovedFolder {
  readonly folder: string;
  readonly approved: number;
  /** The size of an image. */
  readonly size: Size;
  /** The checkpoint of the round before, with whose network this one begins, as it does for a user. */
  readonly pretrained?: string | undefined;
}

/** Makes the experiment of a row on a folder: that of a round, with the settings of the row over it. */
export function experimentOn(
  { folder, approved, size, pretrained }: ApprovedFolder,
  classes: ClassList,
  { name, row, seed }: SeededRow,
): Experiment {
  const round = experimentSchema.parse(
    roundExperiment({
      root: folder,
      classes: folderClasses(classes).classes,
      labelled: approved,
      size,
      network: 'efficientnet-lite0',
      ...(pretrained !== undefined && { pretrained }),
    }),
  );
  const { steps } = round.training;
  const adapts = row.adaptation.strategy !== undefined && row.adaptation.strategy !== 'none';
  const value = {
    ...round,
    target: { images: folder },
    classes: writtenDefinitions(classes),
    network: { ...round.network, ...row.network },
    training: { ...round.training, ...(adapts && { steps: steps + adaptingSteps }), ...row.training, seed },
    adaptation: { ...round.adaptation, ...(adapts && { warmUp: steps }), ...row.adaptation },
    prediction: { ...round.prediction, ...row.prediction },
  };
  const { success, data: experiment, error } = experimentSchema.safeParse(value);
  if (!success) throw new Error(`${name}: ${describeIssues(error.issues, value).join('; ')}`);
  return experiment;
}
