import { openCpu } from '../../backend/native';
import type { Backend, TensorValue } from '../../backend/session';
import * as g from '..';
import { sizeOf } from '../shape';
import { caseValues, type GradientCase } from './case';

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
