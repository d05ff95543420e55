// Copies the packages that stay outside the bundles, without what their use at run time does not need.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../npm.mjs';
import { hostTarget, targets } from './targets.mjs';

/** Copies the package.json and the licence of an installed package, and the files whose paths `keep` accepts. */
function copyPackage(modules, name, destination, keep) {
  const source = path.join(modules, name);
  const isNeeded = inside => /^(package\.json|LICEN[CS]E.*|THIRD-PARTY.*)$/i.test(inside) || keep(inside);
  for (const inside of files(source)) {
    if (isNeeded(inside))
      cpSync(path.join(source, inside), path.join(destination, name, inside), { recursive: true, dereference: true });
  }
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

const script = inside => /\.(c?js|json)$/.test(inside);

/** Returns the folders of the packages in a node_modules folder. */
export function packageFolders(modules) {
  return readdirSync(modules).flatMap(name =>
    name.startsWith('@')
      ? readdirSync(path.join(modules, name)).map(inside => path.join(modules, name, inside))
      : [path.join(modules, name)],
  );
}

/** Copies everything that the bundles need at run time on one platform into `destination`, a node_modules folder. */
export function copyNatives(root, name, destination) {
  const target = targets[name];
  const modules = path.join(root, 'node_modules');
  copyPackage(modules, 'onnxruntime-common', destination, inside => inside.startsWith('dist/') && script(inside));
  // Node's entry of the WebAssembly build and the one binary that it loads; the browser's builds are ten times as
  // large.
  copyPackage(modules, 'onnxruntime-web', destination, inside =>
    /^dist\/(ort\.node\.min\.mjs|ort-wasm-simd-threaded\.(mjs|wasm))$/.test(inside),
  );
  if (target.onnxruntime) copyOnnxruntime(modules, target, destination);
  copyPackage(modules, 'sharp', destination, inside => inside.startsWith('dist/') && script(inside));
  for (const dependency of ['detect-libc', 'semver', '@img/colour'])
    copyPackage(modules, dependency, destination, script);
  const binaries = name === hostTarget() ? modules : fetchSharp(root, target, name);
  for (const binary of [`@img/sharp-${target.sharp}`, `@img/sharp-libvips-${target.sharp}`]) {
    if (existsSync(path.join(binaries, binary)))
      copyPackage(binaries, binary, destination, inside => !inside.endsWith('.h'));
  }
  if (!existsSync(path.join(destination, `@img/sharp-${target.sharp}`)))
    throw new Error(`sharp's binary for ${name} is not installed`);
}

/**
 * Copies onnxruntime-node without the CUDA and TensorRT providers, which its own installation downloads for users who
 * want them.
 */
function copyOnnxruntime(modules, target, destination) {
  const binaries = new RegExp(`^bin/napi-v\\d+/${target.onnxruntime}/`);
  // macOS has the library twice; the short name is the one loaded
  const superfluous = /cuda|tensorrt|\.\d+\.\d+\.\d+\.dylib$/i;
  copyPackage(
    modules,
    'onnxruntime-node',
    destination,
    inside => (binaries.test(inside) && !superfluous.test(inside)) || (inside.startsWith('dist/') && script(inside)),
  );
}

/** Installs the binaries of sharp for another platform into a folder of their own, and returns its node_modules. */
function fetchSharp(root, target, name) {
  const folder = path.join(root, 'out', 'package', `sharp-${name}`);
  const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules', 'sharp', 'package.json'), 'utf8'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { sharp: version } }));
  const platform = [`--os=${target.os}`, `--cpu=${target.cpu}`, ...(target.libc ? [`--libc=${target.libc}`] : [])];
  const { status } = npm(
    ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', ...platform],
    { cwd: folder, stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw new Error(`npm could not fetch sharp's binaries for ${name}`);
  return path.join(folder, 'node_modules');
}
