import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StoreServer, type StoreUser } from '../../../../test/support/storeServer';
import { storeProgram } from '../../../../test/support/storeTool';
import { openPhotoPlace } from '../openPlace';
import { PlaceError, type PhotoPlace, type PlaceProblem } from '../photoPlace';

/** An S3 server for a suite, and a new bucket in it for each test, in whose environment the test runs. */
export class StoreBucket {
  private running: StoreServer | undefined;
  private count = 0;
  /** The folders of temporary files, one a test; the last one is that of the test that runs. */
  private readonly temporary: string[] = [];
  private readonly environment = { ...process.env };

  constructor() {
    const start = () => this.start();
    suiteSetup(async function (this: Mocha.Context) {
      this.timeout(240_000);
      if (!(await start())) this.skip();
    });
    suiteTeardown(async () => {
      await this.running?.stop();
      for (const folder of this.temporary) rmSync(folder, { recursive: true, force: true });
    });
    setup(async () => {
      this.count++;
      await this.server.s3.createBucket({ Bucket: this.name });
      const temporary = mkdtempSync(path.join(os.tmpdir(), 'labelless-copies-'));
      this.temporary.push(temporary);
      Object.assign(process.env, this.server.environment(), {
        TMPDIR: temporary,
        TMP: temporary,
        TEMP: temporary,
      });
    });
    teardown(() => {
      for (const name of Object.keys(process.env))
        if (!(name in this.environment)) Reflect.deleteProperty(process.env, name);
      Object.assign(process.env, this.environment);
      assert.deepEqual(this.copies(), [], 'no copy of a photo is left');
    });
  }

  get server(): StoreServer {
    return this.running!;
  }

  /** The bucket of the test. */
  get name(): string {
    return `bucket-${this.count}`;
  }

  /** The test's process takes another user's role. */
  become(user: StoreUser): void {
    Object.assign(process.env, this.server.environment(user));
  }

  place(prefix = '', results = prefix): Promise<PhotoPlace> {
    return openPhotoPlace({ photos: `s3://${this.name}/${prefix}`, results: `s3://${this.name}/${results}` });
  }

  async put(key: string, content: Uint8Array | string = 'x'): Promise<void> {
    await this.server.s3.putObject({ Bucket: this.name, Key: key, Body: content });
  }

  read(key: string): Buffer {
    return readFileSync(path.join(this.server.bucketFolder(this.name), key));
  }

  /** The contents of all objects of a prefix, by their paths from it. */
  contents(prefix = ''): Record<string, string> {
    return contentsOf(path.join(this.server.bucketFolder(this.name), prefix));
  }

  /** What is left of copies of photos. */
  copies(): string[] {
    return readdirSync(this.temporary.at(-1)!).filter(name => name.startsWith('labelless-copy-'));
  }

  private async start(): Promise<boolean> {
    const program = storeProgram();
    if (program !== undefined) this.running = await StoreServer.start(program);
    return program !== undefined;
  }
}

/** The contents of all files of a folder, by their paths in it. */
export function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return Object.fromEntries(paths.map(file => [path.relative(folder, file), readFileSync(file, 'base64')]));
}

/** Checks that something fails with a problem of a place, and that its message has some texts. */
export async function rejects(promise: Promise<unknown>, problem: PlaceProblem, ...texts: string[]): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof PlaceError, String(error));
    assert.equal(error.problem, problem, error.message);
    for (const text of texts) assert.ok(error.message.includes(text), error.message);
    return true;
  });
}

/** Collects what a place lists. */
export async function listed(names: AsyncIterable<string>): Promise<string[]> {
  const all = [];
  for await (const name of names) all.push(name);
  return all;
}
