import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Backend } from '../../backend/session';
import { classScores } from '../../metrics/confusion';
import type { ExperimentData } from '../../dataset/streaming/experimentData';
import { evaluateModel, openModel, type Model } from '../prediction/model';
import type { Experiment } from '../../experiment/experimentSchema';
import { denormalisedPicture } from '../../dataset/streaming/imageNormalisation';
import { toPng } from '../../image/picture';
import { encodeMaskPng } from '../../../../../mask/files/indexedPng';
import type { TensorValue } from '../../graph/core/operation';
import type { TrainingPoint } from '../../../../../protocol/trainingPoint';

/** The result of evaluating the network during training. */
export interface TrainingEvaluation {
  readonly evaluation?: NonNullable<TrainingPoint['evaluation']>;
  /** Paths of the predictions just written. */
  readonly previews: string[];
}

/**
 * Evaluates a network during training: scores it on the labelled target pictures, and saves its predictions of the
 * experiment's preview pictures.
 */
export class TrainingEvaluator {
  private constructor(
    private readonly experiment: Experiment,
    private readonly data: ExperimentData,
    private readonly model: Model,
  ) {}

  static async open(experiment: Experiment, data: ExperimentData, backend: Backend): Promise<TrainingEvaluator> {
    const [width, height] = experiment.training.size;
    return new TrainingEvaluator(
      experiment,
      data,
      await openModel(backend, experiment, data.classes.length, height, width),
    );
  }

  async evaluate(
    state: Readonly<Record<string, TensorValue>>,
    folder: string,
    step: number,
  ): Promise<TrainingEvaluation> {
    await this.model.load(state);
    const previews = await this.predict(folder, step);
    if (!this.experiment.evaluation) return { previews };
    return {
      previews,
      evaluation: classScores(await evaluateModel(this.model, this.data.evaluation(), this.data.classes.length)),
    };
  }

  close(): Promise<void> {
    return this.model.dispose();
  }

  /**
   * Writes predictions as `predictions/NAME/step-NNNNNN.png`, a mask whose label k + 1 is class k; and once the
   * picture, `picture.png` beside them.
   */
  private async predict(run: string, step: number): Promise<string[]> {
    const files: string[] = [];
    for await (const { name, image } of this.data.previews()) {
      const { classes } = await this.model.predict(image);
      const folder = path.join(run, 'predictions', name.replaceAll(/[^\p{L}\p{N}._-]/gu, '_'));
      await mkdir(folder, { recursive: true });
      const photo = path.join(folder, 'picture.png');
      if (!existsSync(photo)) await writeFile(photo, await toPng(denormalisedPicture(image)));
      const file = path.join(folder, `step-${String(step).padStart(6, '0')}.png`);
      const labels = Uint16Array.from(classes!.data, label => label + 1);
      await writeFile(
        file,
        encodeMaskPng(
          { width: image.shape[3]!, height: image.shape[2]!, labels },
          this.data.classes.map(({ colour }) => colour),
        ),
      );
      files.push(file);
    }
    return files;
  }
}
