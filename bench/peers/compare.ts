import type { Backend, Session } from '../../server/src/engine/backend/session';
import type { Program } from '../../server/src/engine/graph';
import { startScript } from './pythonScript';

/** Seconds of one step, and its seconds of processor time. */
type StepTimes = readonly [number, number];

/** Runs a number of steps and returns, for one step, the seconds and the seconds of processor time. */
export interface Runner {
  /** Runs so many steps; the result is their mean. */
  run(steps: number): Promise<StepTimes>;
  close(): Promise<void>;
}

/** Makes a runner of a script in this folder, which reads numbers of steps and prints the two times for each. */
export async function inPyTorch(python: string, name: string, args: readonly number[]): Promise<Runner> {
  const script = await startScript(python, name, args.map(String));
  return {
    run: async steps => {
      const [seconds, processor] = (await script.ask(String(steps))).split(' ');
      return [Number(seconds), Number(processor)];
    },
    close: () => script.close(),
  };
}

/** Makes a runner of a program that has the same inputs at every step. */
export async function inLabelless(
  backend: Backend,
  program: Program,
  feeds: Parameters<Session['run']>[0],
): Promise<Runner> {
  const session = await backend.createSession(program);
  await session.run(feeds);
  return {
    run: async steps => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      for (let step = 0; step < steps; step++) await session.run(feeds);
      const { user, system } = process.cpuUsage(before);
      return [(performance.now() - start) / 1e3 / steps, (user + system) / 1e6 / steps];
    },
    close: () => session.dispose(),
  };
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const comparisonHeader =
  'size     threads  Labelless s  PyTorch s  ratio (least … greatest)  ratio of processor time';

/** Runs both in turns, closes them, and returns a line under {@link comparisonHeader}. */
export async function compare(
  size: string,
  threads: number,
  rounds: number,
  ours: Runner,
  theirs: Runner,
): Promise<string> {
  const pairs: (readonly [StepTimes, StepTimes])[] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await ours.run(3), await theirs.run(3)]);
  const ratios = pairs.map(([[a], [b]]) => a / b);
  const processorRatios = pairs.map(([[, a], [, b]]) => a / b);
  const range = [Math.min(...ratios), Math.max(...ratios)].map(ratio => ratio.toFixed(2));
  const spread = `${median(ratios).toFixed(2)} (${range.join(' … ')})`;
  await ours.close();
  await theirs.close();
  return [
    size.padEnd(8),
    String(threads).padEnd(8),
    median(pairs.map(([[a]]) => a))
      .toFixed(3)
      .padEnd(12),
    median(pairs.map(([, [b]]) => b))
      .toFixed(3)
      .padEnd(10),
    spread.padEnd(25),
    median(processorRatios).toFixed(2),
  ].join(' ');
}
