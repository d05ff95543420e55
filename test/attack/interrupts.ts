import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeExperiment, writePicture } from './scenes';
import type { Section, Trial } from './trial';

/** Seconds that a program may go on after the second signal: a training step under way cannot be interrupted. */
const patience = 10;

/** Sends a signal twice to a command in the middle of its work, and waits for its end. */
async function interruptTwice(args: readonly string[], signal: NodeJS.Signals) {
  const start = Date.now();
  const program = spawn(process.execPath, [path.resolve('dist', 'cli.js'), ...args], { stdio: 'ignore' });
  const ended = new Promise<true>(resolve => program.once('exit', () => resolve(true)));
  await sleep(1500);
  const isEarly = program.exitCode !== null;
  program.kill(signal);
  await sleep(100);
  program.kill(signal);
  const hasEnded = await Promise.race([ended, sleep(patience * 1000, false)]);
  if (!hasEnded) program.kill('SIGKILL');
  const fault = isEarly ? 'it had ended before' : hasEnded ? undefined : `it went on for ${patience} s`;
  return { fault, use: { megabytes: 0, seconds: (Date.now() - start) / 1000 } };
}

/** Two Ctrl-C always end a command. */
export const interruptedTwice: Section = {
  title: 'two signals in the middle of the work',
  ...(process.platform === 'win32' ? { impossible: 'Windows has no such signals' } : {}),
  prepare: (folder, extent) => {
    const picture = path.join(folder, 'photo.png');
    writePicture(picture, 1, 320, 240);
    mkdirSync(path.join(folder, 'data'));
    const experiment = writeExperiment(path.join(folder, 'data'), {
      training: { steps: 100_000, batch: 4, size: [160, 120], backend: 'cpu' },
    });
    const slow = ['--method', 'continuity', '--set', 'continuity.iterations=10000'];
    const signals = extent === 'full' ? (['SIGINT', 'SIGTERM', 'SIGHUP'] as const) : (['SIGINT'] as const);
    return Promise.resolve(
      signals.flatMap((signal): Trial[] => [
        { title: `segment, ${signal}`, run: () => interruptTwice(['segment', picture, ...slow], signal) },
        { title: `adapt, ${signal}`, run: () => interruptTwice(['adapt', experiment, '--replace'], signal) },
      ]),
    );
  },
};
