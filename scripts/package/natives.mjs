// What ships of the packages that stay outside the bundles, without what their use at run time does not need.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../npm.mjs';
import { hostTarget, targets } from './targets.mjs';

/** Lists the package.json and the licence of an installed package, and the files whose paths `keep` accepts. */
function filesOf(modules, name, keep) {
  const source = path.join(modules, name);
  const isNeeded = inside => /^(package\.json|LICEN[CS]E.*|THIRD-PARTY.*)$/i.test(inside) || keep(inside);
  return files(source)
    .filter(isNeeded)
    .map(inside => ({ from: path.join(source, inside), to: `${name}/${inside}` }));
}

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

const script = inside => /\.(c?js|json)$/.test(inside);

/**
 * Lists everything that the bundles need at run time on one platform: each file with its place in a node_modules
 * folder.
 * @param binaries the node_modules folder that has sharp's binaries for it
 */
export function nativeFiles(root, name, binaries) {
  const target = targets[name];
  const modules = path.join(root, 'node_modules');
  const ofSharp = [`@img/sharp-${target.sharp}`, `@img/sharp-libvips-${target.sharp}`].filter(binary =>
    existsSync(path.join(binaries, binary)),
  );
  if (ofSharp.length === 0) throw new Error(`sharp's binary for ${name} is not installed`);
  return [
    ...filesOf(modules, 'onnxruntime-common', inside => inside.startsWith('dist/') && script(inside)),
    // Node's entry of the WebAssembly build and the one binary that it loads; the browser's builds are ten times as
    // large.
    ...filesOf(modules, 'onnxruntime-web', inside =>
      /^dist\/(ort\.node\.min\.mjs|ort-wasm-simd-threaded\.(mjs|wasm))$/.test(inside),
    ),
    ...(target.onnxruntime ? onnxruntimeFiles(modules, target) : []),
    ...filesOf(modules, 'sharp', inside => inside.startsWith('dist/') && script(inside)),
    ...['detect-libc', 'semver', '@img/colour'].flatMap(dependency => filesOf(modules, dependency, script)),
    ...ofSharp.flatMap(binary => filesOf(binaries, binary, inside => !inside.endsWith('.h'))),
  ];
}

/**
 * Lists onnxruntime-node without the CUDA and TensorRT providers, which its own installation downloads for users who
 * want them.
 */
function onnxruntimeFiles(modules, target) {
  const binaries = new RegExp(`^bin/napi-v\\d+/${target.onnxruntime}/`);
  // macOS has the library twice; the short name is the one loaded
  const superfluous = /cuda|tensorrt|\.\d+\.\d+\.\d+\.dylib$/i;
  return filesOf(
    modules,
    'onnxruntime-node',
    inside => (binaries.test(inside) && !superfluous.test(inside)) || (inside.startsWith('dist/') && script(inside)),
  );
}

/**
 * Installs sharp's binaries for some platforms where they are not there yet. Returns, by target, the node_modules
 * folder that has them.
 */
export function fetchBinaries(root, names) {
  const modules = path.join(root, 'node_modules');
  const folder = path.join(root, 'out', 'package', 'sharp');
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(modules, 'sharp', 'package.json'), 'utf8'));
  const foreign = names.filter(name => name !== hostTarget()).map(name => targets[name].sharp);
  const wanted = Object.entries(optionalDependencies).filter(([name]) =>
    foreign.some(platform => name === `@img/sharp-${platform}` || name === `@img/sharp-libvips-${platform}`),
  );
  const isThere = ([name, version]) => versionIn(folder, name) === version;
  if (!wanted.every(isThere)) install(folder, Object.fromEntries(wanted));
  return name => (name === hostTarget() ? modules : path.join(folder, 'node_modules'));
}

function versionIn(folder, name) {
  const file = path.join(folder, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/** Installs packages into a folder, of whatever platform they are. */
function install(folder, dependencies) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm(['install', '--force', ...quiet], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error("npm could not fetch sharp's binaries for other platforms");
}
