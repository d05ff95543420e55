import type { Settings } from '../../../../../protocol/settings';
import type { Backend, Session } from '../../backend/session';
import { createProgram, input } from '../../graph';
import type { StopSignals } from '../../common/methodRun';
import { continuityProgram, ownLabels, toTensor } from '../trainingPrograms';
import { initialWeights, buildNetwork } from '../labelNetwork';
import type { Planes } from '../../pixels/planes';
import { seededRandom } from '../../common/random';
import { train, type TrainingStep } from '../trainingSteps';
import type { TensorValue } from '../../graph/core/operation';

/** The weights of a trained network, and the statistics by which its layers normalise any picture. */
export type TrainedWeights = Readonly<Record<string, TensorValue>>;

const blocks = 2;
const minimumLabels = 3;

/** Joins pictures of one size into a batch. */
function batch(pictures: readonly Planes[]): TensorValue {
  const { width, height, channels } = pictures[0];
  const data = new Float32Array(pictures.length * channels * height * width);
  pictures.forEach((picture, i) => {
    data.set(picture.data, i * picture.data.length);
  });
  return { shape: [pictures.length, channels, height, width], data };
}

/**
 * Trains one network on several pictures of one size, on its own labels and their continuity (Kim et al., TIP 2020,
 * section III-D). Stopping keeps what is trained by then.
 */
export async function* trainOnPictures(
  pictures: readonly Planes[],
  { clustering, seed }: Settings,
  iterations: number,
  backend: Backend,
  signals: StopSignals,
): AsyncGenerator<TrainingStep, TrainedWeights> {
  const { width, height, channels: inputs } = pictures[0];
  const { channels, learningRate } = clustering;
  const initial = initialWeights({ inputs, channels, blocks }, seededRandom(seed));
  const plan = {
    pictures: pictures.length,
    inputs,
    width,
    height,
    channels,
    blocks,
    learningRate,
    initial,
    similarityWeight: 1,
    continuityWeight: 1,
  };
  const feeds = { picture: batch(pictures) };
  const session = await backend.createSession(continuityProgram(plan));
  let weights: TrainedWeights;
  try {
    yield* train(session, feeds, { iterations, minimumLabels, fetch: () => [] }, signals);
    const state = await session.readState();
    weights = Object.fromEntries(Object.keys(initial).map(name => [name, state[name]]));
  } finally {
    await session.dispose();
  }
  return { ...weights, ...(await statisticsOf(weights, feeds.picture, backend)) };
}

/** The statistics of the training pictures in the layers' normalisations. */
async function statisticsOf(weights: TrainedWeights, pictures: TensorValue, backend: Backend): Promise<TrainedWeights> {
  const { statistics } = buildNetwork(input('picture', pictures.shape), blocks, weights);
  const session = await backend.createSession(createProgram(statistics));
  try {
    return await session.run({ picture: pictures });
  } finally {
    await session.dispose();
  }
}

/** A trained network that is ready for pictures of one size. */
export interface Labeller {
  respond(picture: Planes): Promise<TensorValue>;
  dispose(): Promise<void>;
}

/** Opens a trained network for pictures of the given size. */
export async function openLabeller(
  weights: TrainedWeights,
  { channels, width, height }: Planes,
  backend: Backend,
): Promise<Labeller> {
  const { response } = buildNetwork(input('picture', [1, channels, height, width]), blocks, weights);
  const session: Session = await backend.createSession(createProgram({ response, labels: ownLabels(response) }));
  return {
    respond: async picture => (await session.run({ picture: toTensor(picture) }, ['response'])).response,
    dispose: () => session.dispose(),
  };
}
