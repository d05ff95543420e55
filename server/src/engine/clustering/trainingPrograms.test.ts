import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { noClass } from '../../../../mask/document/scribbles';
import { defaultSettings } from '../../../../protocol/settings';
import { openBackend } from '../backend/openBackend';
import { constant } from '../graph';
import { finiteDifferences, openCase, relativeError } from '../graph/testing/gradientCase';
import { ownLabels, scribbleLoss, scribbleProgram } from './trainingPrograms';
import { superpixelClasses } from './methods/scribbleMethod';
import { segmentPicture } from './methods/segmentPicture';
import { train } from './trainingSteps';
import type { TensorValue } from '../graph/core/operation';

interface Training {
  width: number;
  height: number;
  channels: number;
  blocks: number;
  weights: Record<string, { shape: number[]; data: number[] }>;
  picture: number[];
}
interface Reference {
  scribbles: number[];
  weights: [number, number, number];
  curve: number[];
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(`server/src/engine/clustering/${name}.reference.json`, 'utf8'));
const { width, height, channels, blocks, weights, picture } = read('training') as Training;
const reference = read('scribbleLoss') as Reference;
const [similarityWeight, continuityWeight, scribbleWeight] = reference.weights;
const never = new AbortController().signal;
const signals = { stop: never, cancel: never };

suite('training with scribbles', () => {
  test("the loss curve is PyTorch's", async () => {
    const initial = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]),
    );
    const program = scribbleProgram({
      inputs: 3,
      width,
      height,
      channels,
      blocks,
      learningRate: 0.1,
      initial,
      similarityWeight,
      continuityWeight,
      scribbleWeight,
    });
    const session = await (await openBackend('cpu', { threads: 1 })).createSession(program);
    const feeds: Record<string, TensorValue> = {
      picture: { shape: [1, 3, height, width], data: Float32Array.from(picture) },
      scribbles: { shape: [1, 1, height, width], data: Int32Array.from(reference.scribbles) },
    };
    const losses: number[] = [];
    for await (const { loss } of train(
      session,
      feeds,
      { iterations: reference.curve.length, minimumLabels: 0, fetch: () => [] },
      signals,
    ))
      losses.push(loss);
    await session.dispose();
    assert.equal(losses.length, reference.curve.length);
    reference.curve.forEach((value, step) => {
      assert.ok(
        Math.abs(losses[step] - value) < 2e-4 * Math.max(value, 1),
        `step ${step + 1}: ${losses[step]}, not ${value}`,
      );
    });
  });

  test('the gradient agrees with finite differences', async () => {
    const scribbles = constant({
      shape: [1, 1, 5, 6],
      data: Int32Array.from({ length: 30 }, (_, p) => (p % 7 === 0 ? p % 3 : -1)),
    });
    const opened = await openCase({
      name: 'scribbles',
      shapes: [[1, 4, 5, 6]],
      build: response =>
        scribbleLoss(response, ownLabels(response), scribbles, {
          similarityWeight: 0.8,
          continuityWeight: 0.6,
          scribbleWeight: 0.5,
        }),
    });
    const expected = await finiteDifferences(opened, 4e-3);
    const [gradient] = await opened.gradients();
    await opened.dispose();
    assert.ok(relativeError(gradient.data, expected[0]) < 2e-3);
  });

  test('without a stroke, or with nothing else, the loss is finite', async () => {
    for (const of of [-1, 0]) {
      const opened = await openCase({
        name: 'one kind',
        shapes: [[1, 3, 2, 2]],
        build: response =>
          scribbleLoss(
            response,
            ownLabels(response),
            constant({ shape: [1, 1, 2, 2], data: new Int32Array(4).fill(of) }),
            { similarityWeight: 1, continuityWeight: 1, scribbleWeight: 1 },
          ),
      });
      const [gradient] = await opened.gradients();
      await opened.dispose();
      assert.ok([...gradient.data].every(Number.isFinite));
    }
  });

  test("a superpixel takes its strokes' class before its label's", () => {
    const regions = { width: 4, height: 1, count: 4, ids: Uint16Array.of(0, 1, 2, 3) };
    const classes = superpixelClasses(regions, Int32Array.of(0, 5, 1, 1), Uint8Array.of(255, 255, 255, 0), 2);
    assert.deepEqual([...classes], [0, 255, 1, 0]);
  });

  test('finds what strokes name on both sides of a picture, though its colours are four', async () => {
    const [w, h] = [120, 80];
    const quarters = [
      [200, 40, 40],
      [230, 150, 60],
      [40, 60, 200],
      [60, 170, 220],
    ];
    const rgb = new Uint8Array(3 * w * h);
    for (let p = 0; p < w * h; p++)
      rgb.set(
        quarters[2 * Number(p % w >= w / 2) + Number(p >= (w * h) / 2)].map((value, c) => value + ((p * (c + 3)) % 17)),
        3 * p,
      );
    // One stroke through both left quarters, one through both right ones.
    const strokes = [
      { class: 0, size: 5, points: [20, 10, 20, 70] },
      { class: 1, size: 5, points: [100, 10, 100, 70] },
    ];
    const run = segmentPicture(
      { width: w, height: h, rgb },
      { classes: 2, strokes },
      defaultSettings,
      () => openBackend('cpu', { threads: 1 }),
      signals,
    );
    let step = await run.next();
    while (!step.done) step = await run.next();
    const { regions, scribbleClasses: classes } = step.value;
    let right = 0,
      wrong = 0;
    regions.ids.forEach((id, p) => {
      if (classes![id] === noClass) return;
      if (classes![id] === Number(p % w >= w / 2)) right++;
      else wrong++;
    });
    assert.equal(wrong, 0);
    // the rest are borders, which the network gives labels of their own
    assert.ok(right > 0.93 * w * h, `${right} of ${w * h} pixels`);
  });
});
