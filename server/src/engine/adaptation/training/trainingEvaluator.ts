import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../../../../../files/atomic';
import { reasonOf } from '../../../../../mask/errors';
import { encodeMaskPng } from '../../../../../mask/files/indexedPng';
import type { TrainingPoint } from '../../../../../protocol/trainingPoint';
import type { Backend } from '../../backend/session';
import type { Example, ExperimentData } from '../../dataset/streaming/experimentData';
import { denormalisedPicture } from '../../dataset/streaming/imageNormalisation';
import type { Experiment } from '../../experiment/experimentSchema';
import { holdOutShare } from '../../experiment/holdOut';
import { trainedSize } from '../../experiment/trainedSize';
import type { TensorValue } from '../../graph/core/operation';
import { toPng } from '../../image/picture';
import { classScores, isEmptyConfusion, type Confusion } from '../../metrics/confusion';
import { evaluateModel, openModel, type Model } from '../prediction/model';
import { makeFolder } from '../run/makeFolder';
import { pictureName, predictionName, PredictionFolders } from '../run/predictions';

/** The result of evaluating the network during training. */
export interface TrainingEvaluation {
  readonly evaluation?: NonNullable<TrainingPoint['evaluation']>;
  readonly heldOut?: NonNullable<TrainingPoint['heldOut']>;
  /** Paths of the predictions just written. */
  readonly previews: string[];
}

export interface EvaluatorOptions {
  /** The folder of the run. */
  readonly folder: string;
  readonly data: ExperimentData;
  readonly backend: Backend;
  /** Receives a line about what could not be evaluated or saved. */
  readonly log: (line: string) => void;
}

/**
 * Evaluates a network during training: scores it on the labelled target pictures and on the source pictures that are
 * held out, and saves its predictions of the experiment's preview pictures. What fails is told and left out, since
 * training does not depend on it.
 */
export class TrainingEvaluator {
  private readonly folders: PredictionFolders;
  private readonly told = new Set<string>();

  private constructor(
    private readonly experiment: Experiment,
    private readonly options: EvaluatorOptions,
    private readonly model: Model,
  ) {
    this.folders = new PredictionFolders(options.folder);
  }

  static async open(experiment: Experiment, options: EvaluatorOptions): Promise<TrainingEvaluator> {
    const [width, height] = trainedSize(experiment);
    const { backend, data } = options;
    return new TrainingEvaluator(
      experiment,
      options,
      await openModel(backend, experiment, data.classes.length, height, width),
    );
  }

  async evaluate(state: Readonly<Record<string, TensorValue>>, step: number): Promise<TrainingEvaluation> {
    const previews: string[] = [];
    const loaded = await this.attempt(step, 'the network was not evaluated', async () => {
      await this.model.load(state);
      return true;
    });
    if (!loaded) return { previews };
    await this.attempt(step, 'not all predictions were saved', () => this.predict(step, previews));
    const evaluation = await this.attempt(step, 'the network was not evaluated', () => this.scoreOnTarget());
    const heldOut = await this.attempt(step, 'the network was not evaluated on held-out pictures', () =>
      this.scoreOnHeldOut(),
    );
    return { previews, ...(evaluation && { evaluation }), ...(heldOut && { heldOut }) };
  }

  close(): Promise<void> {
    return this.model.dispose();
  }

  /** Does what training does not depend on. Of failures for the same reason, the first is told. */
  private async attempt<T>(step: number, failure: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      const line = `${failure}: ${reasonOf(error)}; training goes on`;
      if (!this.told.has(line)) this.options.log(`step ${step}: ${line}`);
      this.told.add(line);
      return undefined;
    }
  }

  private async scoreOnTarget(): Promise<TrainingEvaluation['evaluation']> {
    const { data } = this.options;
    return this.experiment.evaluation && classScores(await this.confusion(data.evaluation()));
  }

  /** Scores on held-out pictures; undefined where there are none, or none with a labelled pixel. */
  private async scoreOnHeldOut(): Promise<TrainingEvaluation['heldOut']> {
    if (holdOutShare(this.experiment) === 0) return undefined;
    const confusion = await this.confusion(this.options.data.heldOut());
    return isEmptyConfusion(confusion) ? undefined : classScores(confusion);
  }

  private confusion(examples: AsyncIterable<Example>): Promise<Confusion> {
    return evaluateModel(this.model, examples, this.options.data.classes.length);
  }

  /**
   * Writes predictions as `predictions/NAME/step-NNNNNN.png`, a mask whose label k + 1 is class k; and once the
   * picture, `picture.png` beside them. Adds the files of the predictions to `files`.
   */
  private async predict(step: number, files: string[]): Promise<void> {
    const { data } = this.options;
    for await (const { name, image } of data.previews()) {
      const { classes } = await this.model.predict(image);
      const labels = Uint16Array.from(classes!.data, label => label + 1);
      const mask = encodeMaskPng(
        { width: image.shape[3]!, height: image.shape[2]!, labels },
        data.classes.map(({ colour }) => colour),
      );
      const file = await this.attempt(step, `the prediction of ${name} was not saved`, () =>
        this.save(step, name, image, mask),
      );
      if (file !== undefined) files.push(file);
    }
  }

  private async save(step: number, name: string, image: TensorValue, mask: Uint8Array): Promise<string> {
    const folder = this.folders.of(name);
    await makeFolder(folder);
    if ((await lstat(folder)).isSymbolicLink()) throw new Error(`${folder} is a link`);
    const [photo, file] = [path.join(folder, pictureName), path.join(folder, predictionName(step))];
    const isNew = !(await readdir(folder)).includes(pictureName);
    const write = (to: string, bytes: Uint8Array) => writeAtomically(new Map([[to, bytes]]), { links: 'replace' });
    if (isNew) await write(photo, await toPng(denormalisedPicture(image)));
    await write(file, mask);
    return file;
  }
}
