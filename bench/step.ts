// Seconds for one training step of the published network, here and in PyTorch, measured in turns, and their ratio; also
// that of processor time, which a busy machine disturbs less. Usage: npx esbuild bench/step.ts --bundle --platform=node
// --external:onnxruntime-node --outfile=out/bench/step.js \
//        && node out/bench/step.js [--python PYTHON] [--threads N] [--rounds N]      (PYTHON has the package torch)
import { parseArgs } from 'node:util';
import { openBackend } from '../server/src/engine/backend/openBackend';
import { compare, comparisonHeader, inLabelless, inPyTorch } from './peers/compare';
import * as g from '../server/src/engine/graph';

const sizes = [
  [160, 240],
  [321, 481],
] as const;
const channels = 100;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      python: { type: 'string', default: 'python3' },
      threads: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '7' },
    },
  });
  const threads = Number(values.threads);
  const backend = await openBackend('cpu', { threads });
  console.log(comparisonHeader);
  for (const [height, width] of sizes) {
    const image = {
      shape: [1, 3, height, width],
      data: Float32Array.from({ length: 3 * height * width }, (_, i) => Math.abs(Math.sin(i * i))),
    };
    const ours = await inLabelless(backend, publishedStep(height, width, channels), { image });
    const theirs = await inPyTorch(values.python, 'step.py', [height, width, channels, threads]);
    console.log(await compare(`${width}×${height}`, threads, Number(values.rounds), ours, theirs));
  }
}

/**
 * One training step of the published network (Kim et al. 2020: two 3×3 blocks, one 1×1) as a program; deterministic
 * weights.
 */
function publishedStep(height: number, width: number, channels: number): g.Program {
  const weights: g.Node[] = [];
  const weight = (name: string, shape: number[], fill: (index: number) => number) => {
    const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, index) => fill(index));
    const node = g.variable(name, { shape, data });
    weights.push(node);
    return node;
  };
  const noise = (bound: number) => (index: number) => bound * Math.sin(index * 12.9898 + 1) ** 3;
  let x = g.input('image', [1, 3, height, width]);
  for (const [block, kernel] of [3, 3, 1].entries()) {
    const inputs = x.shape[1]!;
    const fan = inputs * kernel * kernel;
    const filter = weight(`filter${block}`, [channels, inputs, kernel, kernel], noise(1 / Math.sqrt(fan)));
    const convolved = g.convolution(x, filter, weight(`bias${block}`, [channels], noise(1 / Math.sqrt(fan))));
    const affine = {
      scale: weight(`scale${block}`, [channels], () => 1),
      shift: weight(`shift${block}`, [channels], () => 0),
    };
    x = g.batchNormalisation(block < 2 ? g.relu(convolved) : convolved, affine).output;
  }
  const labels = g.argMax(x, 1);
  const loss = g.add(g.crossEntropy(x, labels), g.add(g.continuity(x, 2), g.continuity(x, 3)));
  return g.createProgram({ loss, labels }, g.sgd(loss, weights, { learningRate: 0.1, momentum: 0.9 }));
}

void main();
