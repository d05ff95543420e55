import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callProgram, callProgramIn, program, type Call } from '../../server/src/cli/testing/callProgram';
import type { QueueStatus } from '../../server/src/queue/queueStatus';
import { sha256 } from '../../files/sha256';
import { redisProgram, RedisServer } from '../support/redisServer';
import { picturePng } from '../support/workspace';

/** The options that make a photo quick and its mask the same in every process. */
export const quick = [
  '--backend',
  'cpu',
  '--threads',
  '1',
  '--set',
  'clustering.iterations=5',
  '--set',
  'clustering.superpixels=100',
];

/** Writes a picture of 64 × 48 pixels; those of other names are others. */
export function writePhoto(file: string): void {
  writeFileSync(file, picturePng(64, 48, Number.parseInt(sha256(path.basename(file)).slice(0, 8), 16)));
}

/** A worker that was started. */
export interface StartedWorker {
  readonly process: ChildProcess;
  /** What it has printed, on both streams. */
  output(): string;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** A folder of photos, a Redis, and calls of the program with both. */
export class QueueTrial {
  private readonly workers: StartedWorker[] = [];

  private constructor(
    readonly redis: RedisServer,
    readonly folder: string,
  ) {
    mkdirSync(this.photos);
  }

  static async open(...options: string[]): Promise<QueueTrial> {
    return new QueueTrial(await RedisServer.start(...options), await mkdtemp(path.join(tmpdir(), 'labelless queue-')));
  }

  get photos(): string {
    return path.join(this.folder, 'photos');
  }

  writePhotos(count: number): void {
    for (let index = 0; index < count; index++) writePhoto(path.join(this.photos, `photo ${index}.png`));
  }

  call(command: string, ...args: string[]): Promise<Call> {
    return callProgram(this.folder, command, ...args, '--queue', this.redis.url);
  }

  callIn(env: NodeJS.ProcessEnv, command: string, ...args: string[]): Promise<Call> {
    return callProgramIn({ ...process.env, ...env }, this.folder, command, ...args);
  }

  enqueue(name: string, ...args: string[]): Promise<Call> {
    return this.call('enqueue', 'photos', '--name', name, '--batch', '20', ...quick, ...args);
  }

  /** Starts a worker, which loses its jobs two seconds after it has ended. */
  work(...args: string[]): StartedWorker {
    const own = ['--queue', this.redis.url, '--stalled-after', '2', '--retry-after', '1'];
    const child = spawn(process.execPath, [program, 'work', ...own, ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
    const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
    const worker = { process: child, output: () => text, ended };
    this.workers.push(worker);
    return worker;
  }

  async status(name: string): Promise<QueueStatus> {
    const { stdout, stderr } = await this.call('status', '--name', name, '--json');
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as QueueStatus;
  }

  /** Checks that all photos of a queue are done, but for what `others` says. */
  async assertThrough(name: string, done: number, others: Partial<QueueStatus['photos']> = {}): Promise<void> {
    const { photos } = await this.status(name);
    assert.deepEqual(photos, { all: done, done, kept: 0, failed: 0, waiting: 0, ...others });
  }

  /** The files of the photos' folder and of those in it, hidden ones too, with their bytes. */
  files(folder = this.photos): Map<string, string> {
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)));
    return new Map(names.sort().map(name => [name, sha256(readFileSync(path.join(folder, name)))]));
  }

  async remove(): Promise<void> {
    for (const { process: child, ended } of this.workers) {
      child.kill('SIGKILL');
      await ended;
    }
    await this.redis.remove();
    await rm(this.folder, { recursive: true });
  }
}

/** Gives each test of a suite a trial of its own; without a Redis the suite is skipped. @param take is given each */
export function withQueueTrial(take: (trial: QueueTrial) => void): void {
  let trial: QueueTrial | undefined;
  suiteSetup(function () {
    if (redisProgram() === undefined) this.skip();
  });
  setup(async () => {
    trial = await QueueTrial.open();
    take(trial);
  });
  teardown(async () => {
    await trial?.remove();
    trial = undefined;
  });
}
