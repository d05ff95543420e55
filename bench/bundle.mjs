// `node bench/bundle.mjs NAME [ARGUMENTS…]`: installs where due, bundles bench/NAME.ts into out/bench, and runs it with
// the arguments.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { installIfDue } from '../scripts/install.mjs';

const root = path.resolve(import.meta.dirname, '..');
const [name, ...args] = process.argv.slice(2);
const source = path.join(root, 'bench', `${name}.ts`);
if (!name || !existsSync(source)) throw new Error(`There is no benchmark ${name}`);
installIfDue(root);

const { build } = await import('esbuild');
const outdir = path.join(root, 'out', 'bench');
const program = path.join(outdir, `${name}.js`);
await build({
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  outdir,
  // the threads that read pictures
  entryPoints: { [name]: source, data: path.join(root, 'server/src/engine/dataset/streaming/batchWorker.ts') },
  external: ['onnxruntime-node', 'onnxruntime-web', 'sharp', 'playwright-core'],
  mainFields: ['module', 'main'],
});
// Paths are meant against the folder where the user typed; npm changes into the package's.
const { status, error } = spawnSync(process.execPath, ['--enable-source-maps', program, ...args], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
if (error) throw error;
process.exitCode = status ?? 1;
