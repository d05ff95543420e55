import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleProgram } from './childProgram';

interface LockStress {
  /** An empty folder for the lock and the notes of its holders. */
  readonly folder: string;
  /** The number of processes that contend at a time. */
  readonly workers: number;
  /** The number of processes that are killed, one after the other, at random moments. */
  readonly kills: number;
  /** Milliseconds that a process may wait for the lock before that counts as a stall. */
  readonly patience?: number;
}

interface LockStressOutcome {
  /** How many times the lock was held and given back. */
  readonly turns: number;
  readonly kills: number;
  /** What went wrong, a sentence each; empty where the lock held. */
  readonly faults: readonly string[];
}

/**
 * Lets processes contend for a lock while one after the other is killed without warning, and looks for two that held it
 * at once and for one that waited without end. The holders append to one log: if another begins between the beginning
 * and the end of a holder, two were inside; of a holder that was killed there is no end.
 */
export async function stressLock(options: LockStress): Promise<LockStressOutcome> {
  const { folder, workers, kills, patience = 20_000 } = options;
  const program = await bundleProgram('files/testing/lockWorker.ts', folder);
  const log = path.join(folder, 'log');
  await writeFile(log, '');
  const faults: string[] = [];
  const running = new Set<ChildProcess>();
  const start = () => {
    const args = [program, path.join(folder, '.lock'), log, String(patience)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    running.add(child);
    child.stderr?.on('data', (text: Buffer) => faults.push(`process ${child.pid} failed: ${text.toString().trim()}`));
  };
  for (let i = 0; i < workers; i++) start();
  await sleep(300);
  for (let i = 0; i < kills; i++) {
    await sleep(Math.random() * 60);
    await kill([...running][Math.floor(Math.random() * running.size)], running);
    start();
  }
  const before = turnsIn(await readFile(log, 'utf8'), faults);
  await untilMore(log, before, patience);
  await Promise.all([...running].map(child => kill(child, running)));
  const found: string[] = [];
  const turns = turnsIn(await readFile(log, 'utf8'), found);
  if (turns <= before) faults.push(`nobody got the lock any more in ${patience} ms after the last kill`);
  return { turns, kills, faults: [...faults, ...found] };
}

async function kill(child: ChildProcess, running: Set<ChildProcess>): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** Waits until somebody has held the lock again. */
async function untilMore(log: string, turns: number, patience: number): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(50))
    if (turnsIn(await readFile(log, 'utf8'), []) > turns) return;
}

/** Counts the turns in a log, and adds to `faults` those during which another began. */
function turnsIn(text: string, faults: string[]): number {
  let turns = 0;
  let inside = '';
  for (const line of text.split('\n')) {
    const [step, holder = ''] = line.split(' ');
    if (step === 'begin') inside = holder;
    if (step !== 'end') continue;
    turns++;
    if (inside !== holder) faults.push(`${inside} began while ${holder} held the lock`);
  }
  return turns;
}
