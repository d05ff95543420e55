// `node scripts/tensorflow.mjs FOLDER [--python PYTHON]`: installs TensorFlow for Node.js into a folder from package
// registries alone, and tries it as a back end. `npm install @tensorflow/tfjs-node` does the same where the library's
// own host can be reached; here its binding is built (with Python and a C++ compiler) against the library inside PyPI's
// wheel. Linux only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: 'string', default: 'python3' } },
});
if (positionals.length !== 1) fail('Usage: node scripts/tensorflow.mjs FOLDER [--python PYTHON]', 2);
if (process.platform !== 'linux')
  fail('Here `npm install @tensorflow/tfjs-node` is the way: PyPI has this library for Linux alone.', 2);
const folder = path.resolve(positionals[0]);
if (/\s/.test(folder)) fail(`node-gyp builds nothing in a path with spaces: ${folder}`, 2);
const tfjs = path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node');

function fail(message, status = 1) {
  console.error(message);
  process.exit(status);
}

/** Runs a program to its end, with its output on standard error. Returns what it printed where `capture` is set. */
function run(command, args, { cwd = folder, env = process.env, capture = false } = {}) {
  const { status, error, stdout } = spawnSync(command, args, {
    cwd,
    env,
    stdio: ['ignore', capture ? 'pipe' : 2, 2],
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${command} ${args.join(' ')} failed: ${error ? error.message : `exit status ${status}`}`);
  return stdout;
}

function installPackage() {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(path.join(folder, 'package.json')))
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '@tensorflow/tfjs-node@^4.22.0']);
}

/**
 * Unpacks from a wheel the libraries and the headers of the C interface, which include other headers of the project.
 */
const unpack = `
import sys, zipfile
headers = tuple(f'tensorflow/include/{part}/' for part in ('tensorflow', 'xla', 'tsl'))
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        is_library = name.startswith('tensorflow/libtensorflow')
        if is_library or name.startswith(headers) and name.endswith('.h'):
            wheel.extract(name, sys.argv[2])
`;

/** Lays out the library where the build of the binding and the binding itself look for it. */
function installLibrary() {
  const wheels = path.join(folder, 'wheel');
  run(values.python, [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--dest',
    wheels,
    process.arch === 'x64' ? 'tensorflow-cpu' : 'tensorflow',
  ]);
  run(values.python, [
    '-c',
    unpack,
    path.join(
      wheels,
      readdirSync(wheels).find(name => name.endsWith('.whl')),
    ),
    folder,
  ]);
  rmSync(wheels, { recursive: true });
  const deps = path.join(tfjs, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(path.join(deps, 'lib'), { recursive: true });
  symlinkSync(path.join(folder, 'tensorflow', 'include'), path.join(deps, 'include'));
  for (const [library, linked] of [
    ['libtensorflow_cc.so.2', 'libtensorflow.so'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework.so'],
  ]) {
    for (const name of [library, linked])
      symlinkSync(path.join(folder, 'tensorflow', library), path.join(deps, 'lib', name));
  }
}

function buildBinding() {
  const prefix = path.resolve(process.execPath, '..', '..');
  // else they are downloaded
  const headers = existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? [`--nodedir=${prefix}`] : [];
  run('npx', ['node-pre-gyp', 'install', '--build-from-source', ...headers], { cwd: tfjs });
}

if (!existsSync(path.join(tfjs, 'lib'))) {
  installPackage();
  installLibrary();
  buildBinding();
}
run(process.execPath, [path.join(root, 'scripts', 'test.mjs'), 'unit', '--grep', 'kernels of TensorFlow'], {
  cwd: root,
  env: { ...process.env, LABELLESS_TENSORFLOW_FOLDER: folder },
});
const doctor = run(
  process.execPath,
  [path.join(root, 'dist', 'cli.js'), 'doctor', '--json', '--set', `tensorflow.folder=${folder}`],
  { cwd: root, capture: true },
);
const trials = JSON.parse(doctor).backends;
for (const { name, state, milliseconds, detail } of trials)
  console.log(`${name}: ${state}${milliseconds ? `, ${milliseconds.toFixed(1)} ms a step` : `: ${detail}`}`);
if (trials.find(({ name }) => name === 'tensorflow').state !== 'works') fail('TensorFlow does not work here.');
console.log(`\nTo use it, set labelless.tensorflow.folder to ${folder}.`);
