// Seconds for one training step of the published network, here and in PyTorch, measured in turns, and their ratio; also
// that of processor time, which a busy machine disturbs less. Usage: npx esbuild bench/step.ts --bundle --platform=node
// --external:onnxruntime-node --outfile=out/bench/step.js \
//        && node out/bench/step.js [--python PYTHON] [--threads N] [--rounds N]      (PYTHON has the package torch)
import { parseArgs } from 'node:util';
import { openBackend } from '../server/src/engine/backend/openBackend';
import { compare, comparisonHeader, inLabelless, inPyTorch } from './peers/compare';
import { publishedStep } from './published-step';

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

void main();
