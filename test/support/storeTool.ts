import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const source = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';
const minutes = 3;

let found: { readonly program: string | undefined } | undefined;

/**
 * Finds the program of an S3 server over a folder: the one that `LABELLESS_TEST_S3` names, `versitygw` on the path, or
 * one that Go builds into out/tools. Undefined, after a word about it, where there is none.
 */
export function storeProgram(): string | undefined {
  found ??= { program: installedProgram() ?? builtProgram() };
  return found.program;
}

function installedProgram(): string | undefined {
  const named = process.env.LABELLESS_TEST_S3;
  if (named) return named;
  const isOnPath = spawnSync('versitygw', ['--version'], { stdio: 'ignore' }).status === 0;
  if (isOnPath) return 'versitygw';
  return existsSync(built) ? built : undefined;
}

const folder = path.resolve('out', 'tools');
const built = path.join(folder, process.platform === 'win32' ? 'versitygw.exe' : 'versitygw');

function builtProgram(): string | undefined {
  console.log(`  Building an S3 server with Go: ${source} …`);
  const env = { ...process.env, GOBIN: folder };
  const { status } = spawnSync('go', ['install', source], { env, stdio: 'ignore', timeout: minutes * 60_000 });
  if (status === 0 && existsSync(built)) return built;
  console.log(
    '  SKIPPED: tests of object stores. They need Go and its module proxy, or LABELLESS_TEST_S3=path of versitygw.',
  );
  return undefined;
}
