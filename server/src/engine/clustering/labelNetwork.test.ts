import assert from 'node:assert/strict';
import { openBackend } from '../backend/openBackend';
import { add, createProgram, gradients, input, type Node } from '../graph';
import { continuityLoss, majorityLabels, ownLabels, similarityLoss } from './trainingPrograms';
import { initialWeights, buildNetwork } from './labelNetwork';
import { seededRandom } from '../common/random';
import {
  plainContinuity,
  plainLabels,
  plainMajority,
  plainResponse,
  plainSimilarity,
  type PlainWeights,
} from './testing/plainNetwork';

const size = { width: 6, height: 5, channels: 4, blocks: 2 };
const pixels = size.width * size.height;
const next = seededRandom(11);
const initial = initialWeights({ inputs: 3, channels: size.channels, blocks: size.blocks }, next);
for (const [name, { data }] of Object.entries(initial)) {
  // away from 1 and 0, where a forgotten scale or shift would not show
  if (name.startsWith('scale') || name.startsWith('shift'))
    for (let i = 0; i < data.length; i++) data[i] += 0.6 * next() - 0.3;
}
const picture = Float32Array.from({ length: 3 * pixels }, next);
const superpixels = Array.from(
  { length: pixels },
  (_, p) => Math.floor((p % size.width) / 2) + 3 * Math.floor(p / size.width / 2),
);
const plain: PlainWeights = Object.fromEntries(
  Object.entries(initial).map(([name, { data }]) => [name, Float64Array.from(data)]),
);
const plainPicture = [0, 1, 2].map(c => Float64Array.from(picture.subarray(c * pixels, (c + 1) * pixels)));

type PlainLoss = (response: Float64Array[]) => number;

async function checkGradients(lossOf: (response: Node, labels: Node) => Node, plainLoss: PlainLoss): Promise<void> {
  const { response, weights } = buildNetwork(input('picture', [1, 3, size.height, size.width]), size.blocks, initial);
  const loss = lossOf(response, ownLabels(response));
  const names = Object.keys(initial);
  const program = createProgram({
    loss,
    response,
    ...Object.fromEntries(gradients(loss, weights).map((gradient, i) => [`d${names[i]}`, gradient])),
  });
  const session = await (await openBackend('cpu', { threads: 1 })).createSession(program);
  const found = await session.run({
    picture: { shape: [1, 3, size.height, size.width], data: picture },
    superpixels: { shape: [pixels], data: Int32Array.from(superpixels) },
  });
  await session.dispose();

  const expected = plainResponse(plainPicture, plain, size);
  expected.forEach((plane, c) =>
    plane.forEach((value, p) => assert.ok(Math.abs(found.response.data[c * pixels + p] - value) < 1e-4)),
  );
  assert.ok(Math.abs(found.loss.data[0] - plainLoss(expected)) < 1e-5, 'loss');
  for (const name of names) {
    plain[name].forEach((value, i) => {
      const at = (shifted: number) =>
        plainLoss(plainResponse(plainPicture, { ...plain, [name]: plain[name].with(i, shifted) }, size));
      const difference = (at(value + 1e-6) - at(value - 1e-6)) / 2e-6;
      const gradient = found[`d${name}`].data[i];
      assert.ok(
        Math.abs(gradient - difference) < 2e-4 + 1e-3 * Math.abs(difference),
        `d${name}[${i}] is ${gradient}, finite difference ${difference}`,
      );
    });
  }
}

suite('the network', () => {
  test('forward pass, similarity and continuity, and every gradient agree with finite differences', () =>
    checkGradients(
      (response, labels) => add(similarityLoss(response, labels), continuityLoss(response)),
      response => plainSimilarity(response, plainLabels(response)) + plainContinuity(response, size),
    ));

  test('superpixel majority and every gradient agree with finite differences', () =>
    checkGradients(
      (response, labels) =>
        similarityLoss(response, majorityLabels(labels, size.channels, input('superpixels', [pixels], 'int32'), 9)),
      response => plainSimilarity(response, plainMajority(plainLabels(response), superpixels)),
    ));

  test('initial weights depend on the seed alone', () => {
    const options = { inputs: 3, channels: 4, blocks: 1 };
    assert.deepEqual(initialWeights(options, seededRandom(5)), initialWeights(options, seededRandom(5)));
    assert.notDeepEqual(
      initialWeights(options, seededRandom(5)).filter1.data,
      initialWeights(options, seededRandom(6)).filter1.data,
    );
  });
});
