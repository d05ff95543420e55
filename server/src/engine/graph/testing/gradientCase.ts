import type * as tf from '@tensorflow/tfjs-core';
import { openCpu } from '../../backend/onnxBackends';
import type { Backend } from '../../backend/session';
import type { Node } from '../core/node';
import { sizeOf } from '../core/tensorShape';
import * as g from '..';
import type { TensorValue } from '../core/operation';

/** A function to differentiate: how to build it here and, where tfjs has it with a gradient, there. */
export interface GradientCase {
  readonly name: string;
  /** Shapes of the inputs, all of them differentiated by. */
  readonly shapes: readonly (readonly number[])[];
  /** What to make of a number in (−1, 1), where the function is not smooth or not defined everywhere. */
  readonly values?: (value: number) => number;
  readonly build: (...inputs: Node[]) => Node;
  readonly tensorflow?: (...inputs: tf.Tensor[]) => tf.Tensor;
}

/**
 * Deterministic values in (−1, 1), at least 1/count apart from each other and from 0, so that no case sits on a kink.
 */
export function caseValues(count: number, salt: number): Float32Array {
  const order = Array.from({ length: count }, (_, index) => index);
  let seed = 97 + salt;
  for (let index = count - 1; index > 0; index--) {
    seed = (seed * 16807) % 2147483647;
    const other = seed % (index + 1);
    [order[index], order[other]] = [order[other], order[index]];
  }
  return Float32Array.from(order, rank => (2 * rank + 1.5 + 0.1 * salt) / count - 1);
}

/** A case ready to be evaluated: its function y of the inputs, and the gradients of Σ weights · y. */
export interface OpenCase {
  readonly inputs: readonly TensorValue[];
  readonly weights: TensorValue;
  readonly value: (inputs: readonly TensorValue[]) => Promise<TensorValue>;
  readonly gradients: () => Promise<TensorValue[]>;
  readonly dispose: () => Promise<void>;
}

/** Compiles a case on a back end, by default that of the processor. */
export async function openCase(
  { shapes, values = value => value, build }: GradientCase,
  given?: Backend,
): Promise<OpenCase> {
  const inputs = shapes.map((shape, salt) => ({ shape, data: caseValues(sizeOf(shape), salt).map(values) }));
  const nodes = shapes.map((shape, index) => g.input(`x${index}`, shape));
  const y = build(...nodes);
  const weights = { shape: y.shape, data: caseValues(sizeOf(y.shape), 7) };
  const found = g.gradients(g.total(g.multiply(y, g.constant(weights))), nodes);
  const outputs = Object.fromEntries(found.map((gradient, index) => [`gradient${index}`, gradient]));
  const backend = given ?? (await openCpu(1));
  const forward = await backend.createSession(g.createProgram({ y }));
  const both = await backend.createSession(g.createProgram({ y, ...outputs }));
  const feed = (tensors: readonly TensorValue[]) =>
    Object.fromEntries(tensors.map((tensor, index) => [`x${index}`, tensor]));
  return {
    inputs,
    weights,
    value: async tensors => (await forward.run(feed(tensors))).y,
    gradients: async () => {
      const results = await both.run(feed(inputs));
      return inputs.map((_, index) => results[`gradient${index}`]);
    },
    dispose: async () => {
      await forward.dispose();
      await both.dispose();
    },
  };
}

/** The largest difference between two tensors' values relative to the largest value (at least 1e-3) of the second. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, index) => Math.abs(actual[index] - value) / scale));
}

/** Central differences of Σ weights · y by every value of every input, summed in float64. */
export async function finiteDifferences({ inputs, weights, value }: OpenCase, step: number): Promise<number[][]> {
  const loss = async (which: number, index: number, shift: number) => {
    const moved = inputs.map((tensor, i) =>
      i === which ? { ...tensor, data: tensor.data.with(index, tensor.data[index] + shift) } : tensor,
    );
    const { data } = await value(moved);
    return Array.from(data).reduce((sum, y, i) => sum + y * weights.data[i], 0);
  };
  const results: number[][] = [];
  for (const [which, { data }] of inputs.entries()) {
    const row: number[] = [];
    for (let index = 0; index < data.length; index++)
      row.push(((await loss(which, index, step)) - (await loss(which, index, -step))) / (2 * step));
    results.push(row);
  }
  return results;
}
