// Seconds for one training step of a network (batch 4, 160×120, strategy none), here and in PyTorch, measured in turns,
// and their ratio; also that of processor time, which a busy machine disturbs less. Usage:
// node bench/bundle.mjs adapt-step [--network compact|efficientnet-lite0] [--python PYTHON] [--threads N] [--rounds N]
// (PYTHON has torch)
import { parseArgs } from 'node:util';
import { experimentSchema } from '../server/src/engine/experiment/experimentSchema';
import { trainingProgram } from '../server/src/engine/adaptation/training/trainingProgram';
import { stepFeeds } from '../server/src/engine/adaptation/training/stepFeeds';
import { openBackend } from '../server/src/engine/backend/openBackend';
import { compare, comparisonHeader, inLabelless, inPyTorch } from './peers/compare';

const classes = 11;
/** The settings of each network, and its step in PyTorch. */
const networks = {
  compact: { training: {}, script: 'adapt_step_compact.py' },
  'efficientnet-lite0': { training: { optimizer: 'adamw', weightDecay: 0.01 }, script: 'adapt_step_lite0.py' },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      network: { type: 'string', default: 'compact' },
      python: { type: 'string', default: 'python3' },
      threads: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '7' },
    },
  });
  const name = (['compact', 'efficientnet-lite0'] as const).find(each => each === values.network);
  if (name === undefined) throw new Error(`--network ${values.network}: choose ${Object.keys(networks).join(' or ')}`);
  const { training, script } = networks[name];
  const experiment = experimentSchema.parse({
    source: {},
    classes: 'camvid11',
    network: { name },
    adaptation: { strategy: 'none' },
    training,
  });
  const threads = Number(values.threads);
  const {
    batch,
    size: [width, height],
  } = experiment.training;
  const images = {
    shape: [batch, 3, height, width],
    data: Float32Array.from({ length: batch * 3 * height * width }, (_, i) => Math.sin(i * i)),
  };
  const labels = {
    shape: [batch, 1, height, width],
    data: Int32Array.from({ length: batch * height * width }, (_, i) => i % classes),
  };
  const feeds = stepFeeds(experiment, 1, { images, labels }, undefined);
  const ours = await inLabelless(await openBackend('cpu', { threads }), trainingProgram(experiment, classes), feeds);
  console.log(comparisonHeader);
  console.log(
    await compare(
      `${width}×${height}`,
      threads,
      Number(values.rounds),
      ours,
      await inPyTorch(values.python, script, [threads]),
    ),
  );
}

void main();
