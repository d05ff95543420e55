import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openBackend } from '../backend/openBackend';
import type { Program } from '../graph';
import { continuityProgram, superpixelProgram, type TrainingPlan } from './trainingPrograms';
import { train } from './trainingSteps';
import type { TensorValue } from '../graph/core/operation';
import { sizeWithin, trainingMemory } from './trainingMemory';

interface Reference {
  width: number;
  height: number;
  channels: number;
  blocks: number;
  weights: Record<string, { shape: number[]; data: number[] }>;
  picture: number[];
  superpixels: number[];
  continuity: number[];
  superpixel: number[];
}

const reference = JSON.parse(readFileSync('server/src/engine/clustering/training.reference.json', 'utf8')) as Reference;
const { width, height, channels, blocks } = reference;
const initial = Object.fromEntries(
  Object.entries(reference.weights).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
);
const plan: TrainingPlan = { inputs: 3, width, height, channels, blocks, learningRate: 0.1, initial };
const picture: TensorValue = { shape: [1, 3, height, width], data: Float32Array.from(reference.picture) };
const never = new AbortController().signal;

async function curve(program: Program, feeds: Record<string, TensorValue>, iterations: number): Promise<number[]> {
  const session = await (await openBackend('cpu', { threads: 1 })).createSession(program);
  const losses: number[] = [];
  const options = { iterations, minimumLabels: 0, fetch: () => [] };
  for await (const { loss } of train(session, feeds, options, { stop: never, cancel: never })) losses.push(loss);
  await session.dispose();
  return losses;
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, step) =>
    assert.ok(
      Math.abs(actual[step] - value) < 2e-4 * Math.max(value, 1),
      `step ${step + 1}: ${actual[step]}, not ${value}`,
    ),
  );
}

suite('training beside PyTorch', () => {
  test('the loss curve with continuity is the same', async () => {
    const program = continuityProgram({ ...plan, similarityWeight: 1, continuityWeight: 1 });
    assertClose(await curve(program, { picture }, reference.continuity.length), reference.continuity);
  });

  test('the loss curve with superpixels is the same', async () => {
    const superpixels = { shape: [width * height], data: Int32Array.from(reference.superpixels) };
    const program = superpixelProgram({ ...plan, superpixels: Math.max(...reference.superpixels) + 1 });
    assertClose(await curve(program, { picture, superpixels }, reference.superpixel.length), reference.superpixel);
  });
});

suite('train', () => {
  test('stops when few labels are left', async () => {
    const session = await (
      await openBackend('cpu', { threads: 1 })
    ).createSession(continuityProgram({ ...plan, similarityWeight: 1, continuityWeight: 1 }));
    let iterations = 0;
    for await (const step of train(
      session,
      { picture },
      { iterations: 50, minimumLabels: channels, fetch: () => [] },
      { stop: never, cancel: never },
    ))
      iterations = step.iteration;
    assert.equal(iterations, 1);
    await session.dispose();
  });
});

const published = { width: 481, height: 321, channels: 100, blocks: 2, continuity: true };

suite('trainingMemory', () => {
  test('is near the measured peak at 481×321', () => {
    const megabytes = trainingMemory(published);
    assert.ok(megabytes > 2400 && megabytes < 2900, `${megabytes} MB`);
  });
});

suite('sizeWithin', () => {
  test('keeps what fits', () => assert.deepEqual(sizeWithin(3000, published), { width: 481, height: 321 }));

  test('reduces what does not, in proportion, and not further than needed', () => {
    const size = sizeWithin(800, published);
    const megabytes = trainingMemory({ ...published, ...size });
    assert.ok(megabytes <= 800 && megabytes > 760, `${megabytes} MB`);
    assert.ok(Math.abs(size.width / size.height - 481 / 321) < 0.02);
  });

  test('comes to an end below what any training needs', () =>
    assert.deepEqual(sizeWithin(1, { ...published, width: 1, height: 900 }).width, 1));
});
