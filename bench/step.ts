// Seconds for one training step of the published network, here and in PyTorch, measured in turns, and their ratio; also that of
// processor time, which a busy machine disturbs less.
// Usage: npx esbuild bench/step.ts --bundle --platform=node --external:onnxruntime-node --outfile=out/bench/step.js \
//        && node out/bench/step.js [--python PYTHON] [--threads N] [--rounds N]      (PYTHON has the package torch)
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openBackend } from '../server/src/engine/backend/open';
import { publishedStep } from './published-step';

const sizes = [[160, 240], [321, 481]] as const;
const channels = 100;

/** Runs so many steps and answers, for one, the seconds and the seconds of processor time. */
interface Runner { run(steps: number): Promise<number[]>; close(): Promise<void> }

async function here(height: number, width: number, threads: number): Promise<Runner> {
  const session = await (await openBackend('cpu', { threads })).createSession(publishedStep(height, width, channels));
  const image = { shape: [1, 3, height, width], data: Float32Array.from({ length: 3 * height * width }, (_, i) => Math.abs(Math.sin(i * i))) };
  await session.run({ image });
  return {
    run: async steps => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      for (let step = 0; step < steps; step++) await session.run({ image });
      const { user, system } = process.cpuUsage(before);
      return [(performance.now() - start) / 1e3 / steps, (user + system) / 1e6 / steps];
    },
    close: () => session.dispose(),
  };
}

async function inPyTorch(python: string, height: number, width: number, threads: number): Promise<Runner> {
  const script = path.resolve('bench/peers/step.py');
  const child = spawn(python, [script, ...[height, width, channels, threads].map(String)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const started = new Promise<never>((_, reject) => { child.once('error', reject); });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const line = await Promise.race([lines.next(), started]);
    if (line.done) throw new Error(`${python} ended; it needs the package torch`);
    return line.value;
  };
  await answer();
  return {
    run: async steps => {
      child.stdin.write(`${steps}\n`);
      return (await answer()).split(' ').map(Number);
    },
    close: () => new Promise(resolve => child.once('exit', () => { resolve(); }).stdin.end()),
  };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: {
    python: { type: 'string', default: 'python3' }, threads: { type: 'string', default: '2' }, rounds: { type: 'string', default: '7' },
  } });
  const threads = Number(values.threads);
  console.log('size     threads  Labelless s  PyTorch s  ratio (least … greatest)  ratio of processor time');
  for (const [height, width] of sizes) {
    const [ours, theirs] = [await here(height, width, threads), await inPyTorch(values.python, height, width, threads)];
    const pairs: (readonly [number[], number[]])[] = [];
    for (let round = 0; round < Number(values.rounds); round++) pairs.push([await ours.run(3), await theirs.run(3)]);
    const ratios = [0, 1].map(kind => pairs.map(([a, b]) => a[kind] / b[kind]));
    const spread = `${median(ratios[0]).toFixed(2)} (${Math.min(...ratios[0]).toFixed(2)} … ${Math.max(...ratios[0]).toFixed(2)})`;
    console.log([
      `${width}×${height}`.padEnd(8), String(threads).padEnd(8), median(pairs.map(([a]) => a[0])).toFixed(3).padEnd(12),
      median(pairs.map(([, b]) => b[0])).toFixed(3).padEnd(10), spread.padEnd(25), median(ratios[1]).toFixed(2),
    ].join(' '));
    await ours.close();
    await theirs.close();
  }
}

void main();
