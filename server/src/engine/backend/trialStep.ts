import {
  add,
  argMax,
  batchNormalisation,
  continuity,
  convolution,
  createProgram,
  crossEntropy,
  input,
  relu,
  sgd,
  variable,
  type Program,
} from '../graph';
import type { TensorValue } from '../graph/core/operation';
import type { Backend } from './session';

const channels = 24;
const height = 64;
const width = 96;
/** Losses of the first steps, computed by PyTorch in float64: trialStep.reference.py. */
const expectedLosses = [4.4148449, 4.2348741, 3.9835187];
const tolerance = 1e-3;

/** Numbers in [-½, ½) that look random and are the same on every machine. */
function numbers(shape: readonly number[], seed: number): TensorValue {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    shape,
    data: Float32Array.from({ length: size }, (_, i) => ((i * 7919 + seed * 104729) % 1009) / 1009 - 0.5),
  };
}

function constantTensor(value: number): TensorValue {
  return { shape: [channels], data: new Float32Array(channels).fill(value) };
}

/**
 * A step of Method 1's network, small enough to take milliseconds on a processor and large enough to tell back ends
 * apart.
 */
function trialProgram(): Program {
  const weights = [
    variable('filter1', numbers([channels, 3, 3, 3], 1)),
    variable('scale1', constantTensor(1)),
    variable('shift1', constantTensor(0)),
    variable('filter2', numbers([channels, channels, 1, 1], 2)),
    variable('scale2', constantTensor(1)),
    variable('shift2', constantTensor(0)),
  ];
  const [filter1, scale1, shift1, filter2, scale2, shift2] = weights;
  const x = input('x', [1, 3, height, width]);
  const hidden = batchNormalisation(relu(convolution(x, filter1, null)), { scale: scale1, shift: shift1 }).output;
  const response = batchNormalisation(convolution(hidden, filter2, null), { scale: scale2, shift: shift2 }).output;
  const loss = add(crossEntropy(response, argMax(response, 1)), add(continuity(response, 2), continuity(response, 3)));
  return createProgram({ loss }, sgd(loss, weights, { learningRate: 0.1, momentum: 0.9 }));
}

/**
 * Trains a few steps on a back end, checks their losses and returns the milliseconds of the fastest step.
 * @throws Error when the back end fails or computes wrong losses
 */
export async function tryBackend(backend: Backend, timedSteps = 5): Promise<number> {
  const session = await backend.createSession(trialProgram());
  try {
    const feeds = { x: numbers([1, 3, height, width], 3) };
    for (const [step, expected] of expectedLosses.entries()) {
      const { loss } = await session.run(feeds);
      if (!(Math.abs(loss.data[0] - expected) <= tolerance)) {
        throw new Error(
          `it computes wrong numbers: a loss of ${loss.data[0]} in step ${step + 1}, where ${expected} is right`,
        );
      }
    }
    let shortest = Infinity;
    for (let step = 0; step < timedSteps; step++) {
      const start = performance.now();
      await session.run(feeds);
      shortest = Math.min(shortest, performance.now() - start);
    }
    return shortest;
  } finally {
    await session.dispose();
  }
}
