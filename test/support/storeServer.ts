import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { S3 } from '@aws-sdk/client-s3';
import { freePort } from './freePort';
import { until } from './until';

/** Credentials of a user of the store. */
export interface StoreUser {
  readonly key: string;
  readonly secret: string;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'; // a notice to programmers

const root: StoreUser = { key: 'test-root', secret: 'secret of the root' };
const region = 'us-east-1';

/** An S3 server of a test on a loopback port: a gateway over a temporary folder, in which an object is a file. */
export class StoreServer {
  readonly root = root;
  readonly s3: S3;
  private server: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    const credentials = { accessKeyId: root.key, secretAccessKey: root.secret };
    this.s3 = new S3({ endpoint: this.endpoint, region, forcePathStyle: true, credentials });
  }

  static async start(program: string): Promise<StoreServer> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-s3-'));
    for (const name of ['buckets', 'users', 'metadata']) mkdirSync(path.join(folder, name));
    const server = new StoreServer(program, folder, await freePort());
    await server.run();
    return server;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server's process, also again after `halt`. */
  async run(): Promise<void> {
    const { program, folder, port } = this;
    const env = { ...process.env, ROOT_ACCESS_KEY: root.key, ROOT_SECRET_KEY: root.secret };
    const args = ['--port', `127.0.0.1:${port}`, '--quiet', '--iam-dir', path.join(folder, 'users')];
    const posix = ['posix', '--sidecar', path.join(folder, 'metadata'), path.join(folder, 'buckets')]; // not in xattrs
    this.server = spawn(program, [...args, ...posix], { env, stdio: 'ignore' });
    await until('the S3 server answers', () => fetch(this.endpoint).then(() => true, () => false)); // prettier-ignore
  }

  /** Ends the server's process; its buckets stay. */
  async halt(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server?.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    this.s3.destroy();
    await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The environment of a program that uses the store as a user. */
  environment({ key, secret }: StoreUser = root): NodeJS.ProcessEnv {
    return {
      AWS_ENDPOINT_URL_S3: this.endpoint,
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_REGION: region,
      AWS_CONFIG_FILE: path.join(this.folder, 'no config'),
      AWS_SHARED_CREDENTIALS_FILE: path.join(this.folder, 'no credentials'),
    };
  }

  /** The folder whose files are the objects of a bucket: what is written there directly has no ETag. */
  bucketFolder(bucket: string): string {
    return path.join(this.folder, 'buckets', bucket);
  }

  async put(bucket: string, key: string, content: Uint8Array | string): Promise<void> {
    await this.s3.putObject({ Bucket: bucket, Key: key, Body: content });
  }

  /** Adds a user who may do in a bucket what the actions say, such as `s3:GetObject`, and nothing else. */
  async addUser(bucket: string, user: StoreUser, actions: readonly string[]): Promise<void> {
    const access = ['--access', root.key, '--secret', root.secret, '--endpoint-url', this.endpoint];
    const create = ['create-user', '--access', user.key, '--secret', user.secret, '--role', 'user'];
    const { status, stderr } = spawnSync(this.program, ['admin', ...access, ...create], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the user ${user.key} cannot be added: ${stderr}`);
    const arn = `arn:aws:s3:::${bucket}`;
    const Statement = [
      { Effect: 'Allow', Principal: { AWS: [user.key] }, Action: actions, Resource: [arn, `${arn}/*`] },
    ];
    await this.s3.putBucketPolicy({ Bucket: bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  }
}
