import type { Settings } from '../../../protocol/settings';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { trainExperimentFile, type FileTrainingOptions } from '../engine/adaptation/trainExperimentFile';
import { openBackend } from '../engine/backend/openBackend';
import type { ExperimentFile } from '../engine/experiment/experimentFile';
import { printable } from './terminal';
import { TrainingDisplay } from './trainingDisplay';

/** Trains an experiment in this process, with its progress and its messages on standard error. */
export async function trainWithDisplay(
  experiment: ExperimentFile,
  { limits, tensorflow }: Settings,
  options: Pick<FileTrainingOptions, 'mode' | 'acceptChanges' | 'stop'>,
): Promise<TrainingRun> {
  const display = new TrainingDisplay(process.stderr);
  const training = trainExperimentFile(experiment, {
    ...options,
    log: line => {
      display.print(printable(line));
    },
    openBackend: () =>
      openBackend(experiment.experiment.training.backend, {
        threads: limits.threads,
        tensorflowFolder: tensorflow.folder,
        onTrial: ({ name, state, detail }) => {
          if (state !== 'works') display.print(`the back end ${name} does not work here: ${detail ?? state}`);
        },
      }),
  });
  try {
    for (;;) {
      const { value, done } = await training.next();
      if (done) return value;
      display.show(value);
    }
  } finally {
    display.clear();
  }
}
