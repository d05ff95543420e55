import type { Backend, Session } from '../../backend/session';
import type { Example } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { createProgram, input, type Node } from '../../graph';
import { isKind } from '../../graph/core/node';
import type { TensorValue } from '../../graph/core/operation';
import { imageShape, sizeOf } from '../../graph/core/tensorShape';
import { efficientnetLite0Encoder } from '../networks/efficientnetLite0';
import { startForwardPass, type EncoderLayer } from '../networks/forwardPass';
import { networkPrefix, NetworkWeights } from '../networks/networkWeights';

/** The number of photos whose statistics are taken together, and of such batches at most. */
export const [photosPerBatch, mostBatches] = [8, 6];

type State = Readonly<Record<string, TensorValue>>;

/**
 * Corrects a pretrained encoder so that each of its layers has on target photos, to a share, the mean and the variance
 * that it has on source pictures. A layer sees what the corrected layers before it make of the photos (covariate shift
 * adaptation, Schneider et al., NeurIPS 2020, section 3).
 * @param source normalised pictures [1,3,H,W] of one size, as are those of `target`; taken eight and eight together, as
 * long as both have eight
 * @param share 0 … 1: 0 changes nothing, 1 makes the statistics equal
 * @param state the network's weights, which may hold other tensors too
 * @returns the encoder's new filters and biases by their names in the state; none where there are too few pictures
 */
export async function alignEncoder(
  backend: Backend,
  { training }: Experiment,
  source: AsyncIterable<Example>,
  target: AsyncIterable<Example>,
  share: number,
  state: State,
): Promise<Record<string, TensorValue>> {
  const [sources, targets] = [inBatches(source), inBatches(target)];
  const corrections: Record<string, TensorValue>[] = [];
  let alignment: OpenAlignment | undefined;
  try {
    for await (const photos of targets) {
      const { value: pictures, done } = await sources.next();
      if (done) break;
      // Batches that follow one another are of one size: what is compiled for the first serves all.
      alignment ??= await openAlignment(backend, training.seed, pictures.shape, photos.shape, share, state);
      corrections.push(await alignment.session.run({ pictures, photos }));
    }
  } finally {
    await Promise.all([alignment?.session.dispose(), sources.return(undefined)]);
  }
  return alignment ? correctedWeights(alignment.layers, corrections, state) : {};
}

/** Batches of eight, and what is left over in a smaller one where there is no other. */
async function* inBatches(pictures: AsyncIterable<Example>): AsyncGenerator<TensorValue, undefined> {
  let held: TensorValue[] = [];
  let yielded = false;
  for await (const { image } of pictures) {
    held.push(image);
    if (held.length < photosPerBatch) continue;
    yield joined(held);
    [held, yielded] = [[], true];
  }
  if (!yielded && held.length > 0) yield joined(held);
  return undefined;
}

/** Joins pictures [1,3,H,W] of one size to a batch. */
function joined(pictures: readonly TensorValue[]): TensorValue {
  const [, channels, height, width] = imageShape(pictures[0]!.shape);
  const size = channels * height * width;
  const data = new Float32Array(pictures.length * size);
  pictures.forEach((picture, n) => {
    data.set(picture.data, n * size);
  });
  return { shape: [pictures.length, channels, height, width], data };
}

/** What computes each layer's correction, `gain N` and `offset N` for layer N. */
interface OpenAlignment {
  readonly session: Session;
  readonly layers: readonly EncoderLayer[];
}

async function openAlignment(
  backend: Backend,
  seed: number,
  picturesShape: readonly number[],
  photosShape: readonly number[],
  share: number,
  state: State,
): Promise<OpenAlignment> {
  const weights = new NetworkWeights(networkPrefix, seed);
  const layersOn = (name: string, shape: readonly number[], alignTo?: readonly EncoderLayer[]) => {
    const encoder = { layers: [] as EncoderLayer[], share, ...(alignTo && { alignTo }) };
    efficientnetLite0Encoder(input(name, shape), startForwardPass(weights, 'stored', encoder));
    return encoder.layers;
  };
  const corrected = layersOn('photos', photosShape, layersOn('pictures', picturesShape));
  const outputs = corrected.flatMap(({ correction }, index) => [
    [`gain ${index}`, correction!.gain],
    [`offset ${index}`, correction!.offset],
  ]);
  const program = createProgram(Object.fromEntries(outputs) as Record<string, Node>);
  const session = await backend.createSession(program);
  await session.writeState(Object.fromEntries(program.state.map(({ name }) => [name, state[name]!])));
  return { session, layers: corrected };
}

/** Applies the mean of several corrections to the filters and biases of a state. */
function correctedWeights(
  layers: readonly EncoderLayer[],
  corrections: readonly State[],
  state: State,
): Record<string, TensorValue> {
  const meanOf = (name: string) => {
    const [first, ...others] = corrections.map(correction => correction[name]!.data);
    return Float32Array.from(
      first!,
      (value, i) => others.reduce((sum, data) => sum + data[i]!, value) / (others.length + 1),
    );
  };
  return Object.fromEntries(
    layers.flatMap(({ filter, bias }, index) => {
      const [gain, offset] = [meanOf(`gain ${index}`), meanOf(`offset ${index}`)];
      const [filterName, biasName] = [nameOf(filter), nameOf(bias)];
      const perChannel = sizeOf(filter.shape) / gain.length;
      const scaled = Float32Array.from(
        state[filterName]!.data,
        (value, i) => value * gain[Math.floor(i / perChannel)]!,
      );
      const moved = Float32Array.from(state[biasName]!.data, (value, i) => value * gain[i]! + offset[i]!);
      return [
        [filterName, { shape: filter.shape, data: scaled }],
        [biasName, { shape: bias.shape, data: moved }],
      ];
    }),
  );
}

function nameOf(variable: Node): string {
  if (!isKind(variable, 'variable')) throw new Error(`Weights are variables, not ${variable.operation.kind}`);
  return variable.operation.name;
}
