import type { Example, ExperimentData } from '../../server/src/engine/dataset/streaming/experimentData';
import type { Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { openExperimentData } from '../../server/src/engine/dataset/streaming/openExperimentData';

/** The frames of the evaluation, by their place in order of names. */
interface Frames {
  readonly from: number;
  readonly to: number;
}

/**
 * Opens a data folder: `day` with labels, `dusk-unlabelled`, and `dusk-validation` with labels, some frames of which
 * are evaluated.
 */
export async function openCamVid(experiment: Experiment, folder: string, frames: Frames): Promise<ExperimentData> {
  const labelled = { ...experiment.source, root: 'day' };
  const data = await openExperimentData(
    {
      ...experiment,
      source: labelled,
      target: { images: 'dusk-unlabelled/images' },
      evaluation: { ...labelled, root: 'dusk-validation', every: 1 },
    },
    folder,
    {
      onProblem: ({ file, reason }) => {
        console.error(`${file}: ${reason}`);
      },
      threads: 1,
    },
  );
  return {
    classes: data.classes,
    openSource: (cursor, size) => data.openSource(cursor, size),
    openTarget: (cursor, size) => data.openTarget(cursor, size),
    sourcePictures: most => data.sourcePictures(most),
    targetPhotos: most => data.targetPhotos(most),
    previews: () => data.previews(),
    evaluation: () => within(data.evaluation(), frames),
    heldOut: () => data.heldOut(),
    describeHoldOut: () => data.describeHoldOut(),
    listing: signal => data.listing(signal),
  };
}

async function* within(examples: AsyncIterable<Example>, { from, to }: Frames): AsyncGenerator<Example> {
  let at = 0;
  for await (const example of examples) {
    if (at >= from && at < to) yield example;
    at++;
  }
}
