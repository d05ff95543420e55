import type { Backend, Session } from '../../backend/session';
import type { TensorValue } from '../../graph/core/operation';
import type { Example } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { type Node, type Program, argMax, createProgram, input, softmax } from '../../graph';
import { tensorMegabytes } from '../../graph/core/tensorMemory';
import type { Size } from '../../image/picture';
import { countPixels, emptyConfusion, type Confusion } from '../../metrics/confusion';
import { segmentationNetwork } from '../networks';
import { startForwardPass } from '../networks/forwardPass';
import { networkPrefix, NetworkWeights } from '../networks/networkWeights';
import { withAverage } from '../networks/teacherState';

/** Name of the input of the inference program. */
const pictureInput = 'picture';

/** A network for pictures of one size. */
export interface Model {
  /**
   * Predicts `classes` int32 [1,1,H,W] and, on request, `probabilities` [1,classes,H,W] of a normalised picture
   * [1,3,H,W].
   */
  predict(image: TensorValue, fetch?: readonly ('classes' | 'probabilities')[]): Promise<Record<string, TensorValue>>;
  /** Loads the weights from a state, which may hold other tensors too. @throws Error that names missing weights */
  load(state: Readonly<Record<string, TensorValue>>): Promise<void>;
  dispose(): Promise<void>;
}

/** Opens an experiment's network for inference on pictures of height × width. */
export async function openModel(
  backend: Backend,
  experiment: Experiment,
  classes: number,
  height: number,
  width: number,
): Promise<Model> {
  const program = inferenceProgram(experiment, classes, [1, height, width]);
  const session: Session = await backend.createSession(program);
  return {
    predict: (image, fetch = ['classes']) => session.run({ [pictureInput]: image }, fetch),
    load: async state => {
      await session.writeState(programWeights(program, state));
    },
    dispose: () => session.dispose(),
  };
}

/**
 * Builds the program that segments pictures of one size: `classes` int32 [N,1,H,W] and `probabilities` [N,classes,H,W].
 */
function inferenceProgram(
  experiment: Experiment,
  classes: number,
  shape: readonly [batch: number, height: number, width: number],
): Program {
  const logits = networkOver(experiment, classes, shape);
  return createProgram({ classes: argMax(logits, 1), probabilities: softmax(logits) });
}

/** Builds the program of `probabilities` [1,classes,H,W] alone, of a normalised `picture` [1,3,H,W]. */
export function probabilityProgram(experiment: Experiment, classes: number, { width, height }: Size): Program {
  return createProgram({ probabilities: softmax(networkOver(experiment, classes, [1, height, width])) });
}

/** Lays an experiment's network over the input for pictures; returns logits [N,classes,H,W]. */
function networkOver(
  experiment: Experiment,
  classes: number,
  [batch, height, width]: readonly [batch: number, height: number, width: number],
): Node {
  const pass = startForwardPass(new NetworkWeights(networkPrefix, experiment.training.seed), 'stored');
  return segmentationNetwork(experiment.network, classes)(input(pictureInput, [batch, 3, height, width]), pass).main;
}

/**
 * Takes the weights of a program from a state, which may hold other tensors too: the averaged ones where it has such.
 * @throws Error that names missing weights
 */
export function programWeights(
  program: Program,
  state: Readonly<Record<string, TensorValue>>,
): Readonly<Record<string, TensorValue>> {
  const weights = withAverage(state);
  const missing = program.state.filter(({ name }) => !(name in weights)).map(({ name }) => name);
  if (missing.length > 0) {
    const more = missing.length > 3 ? ` and ${missing.length - 3} more` : '';
    throw new Error(`the weights lack ${missing.slice(0, 3).join(', ')}${more}`);
  }
  return Object.fromEntries(program.state.map(({ name }) => [name, weights[name]!]));
}

/** Estimates the megabytes of the tensors that predicting one picture holds at a time, and of the network's state. */
export function predictionTensors(
  experiment: Experiment,
  classes: number,
  { width, height }: Size,
): { live: number; state: number } {
  return tensorMegabytes(inferenceProgram(experiment, classes, [1, height, width]));
}

/** Predicts every labelled example and counts its pixels by true and predicted class. */
export async function evaluateModel(
  model: Model,
  examples: AsyncIterable<Example>,
  classes: number,
): Promise<Confusion> {
  const confusion = emptyConfusion(classes);
  for await (const { image, labels } of examples) {
    if (!labels) continue;
    const { classes: predicted } = await model.predict(image);
    countPixels(confusion, labels.data, predicted!.data);
  }
  return confusion;
}
