import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import { installDebianPackage } from '../host/debianPackage';
import { freePort } from './freePort';
import { until } from './until';

const names = ['redis-server', 'valkey-server'];

function installedRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const programs = folders.flatMap(folder => names.map(name => path.join(folder, name)));
  return [process.env.LABELLESS_TEST_REDIS ?? '', ...programs].find(file => file !== '' && existsSync(file));
}

/** The program of Redis or Valkey, which is installed first if necessary; undefined where it cannot be. */
export function redisProgram(): string | undefined {
  const found = installedRedis() ?? (installDebianPackage('redis-server') ? installedRedis() : undefined);
  if (found === undefined)
    console.log(
      '  SKIPPED: no Redis for the tests of the queue; install redis-server, or name it in LABELLESS_TEST_REDIS.',
    );
  return found;
}

/** A Redis on a port of the loopback, whose data are in a folder of its own and stay when it is started anew. */
export class RedisServer {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  /**
   * @param options of redis-server, such as `--requirepass`
   * @throws Error where there is none: see `redisProgram`
   */
  static async start(...options: string[]): Promise<RedisServer> {
    const program = redisProgram();
    if (program === undefined) throw new Error('there is no redis-server');
    const server = new RedisServer(
      program,
      await mkdtemp(path.join(tmpdir(), 'labelless-redis-')),
      await freePort(),
      options,
    );
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A connection for the test itself, which the caller disconnects. */
  connect(): Redis {
    return new Redis({ host: '127.0.0.1', port: this.port });
  }

  async start(): Promise<void> {
    const own = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder, '--appendonly', 'yes'];
    const child = spawn(this.program, [...own, ...this.options], { stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    this.process = child;
    await until('Redis accepts connections', () => {
      if (child.exitCode !== null) throw new Error(`Redis ended: ${log.slice(-500)}`);
      return /ready to accept connections/i.test(log);
    });
  }

  /** Ends it; its data stay. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child?.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** Ends it and deletes its data. */
  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.folder, { recursive: true });
  }
}
