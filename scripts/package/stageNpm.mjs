// Lays out what npm's package holds in a folder of its own: the command line, the server and the library.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeDeclarations } from './declarations.mjs';
import { withAbsoluteLinks } from './links.mjs';
import { noticesFile } from './notices.mjs';
import { optionalPackages } from './optional.mjs';

const library = 'server/src/library/index';
/** The packages that stay outside the bundles, with binaries for each platform: npm installs the right ones. */
const natives = ['onnxruntime-common', 'onnxruntime-node', 'onnxruntime-web', 'sharp'];
/** The keys of package.json that npm's package has, too. */
const sharedKeys = ['name', 'version', 'keywords', 'license', 'repository', 'homepage', 'bugs'];
const description =
  'Segments images without annotations, as a command and a library: no labels, no pretrained weights, no Python.';
/** Bundles for VS Code alone, which npm's package does without. */
const ofExtension = ['extension.js', 'features.js', 'queueReader.js'];

/** Fills `stage`. */
export function stageNpm(root, stage) {
  const read = name => readFileSync(path.join(root, name), 'utf8');
  const copy = (from, to = from) => cpSync(path.join(root, from), path.join(stage, to), { recursive: true });
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const bundles = readdirSync(path.join(root, 'dist')).filter(name => /\.(js|ttf)$/.test(name));
  for (const name of bundles.filter(name => !ofExtension.includes(name))) copy(`dist/${name}`);
  copy('dist/weights');
  copy(`dist/${noticesFile}`, noticesFile);
  for (const name of ['l10n', 'media/sample.jpg', 'CHANGELOG.md', 'LICENSE']) copy(name);
  writeDeclarations(root, `${library}.ts`, path.join(stage, 'dist', 'types'));
  const manifest = JSON.parse(read('package.json'));
  writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(npmManifest(manifest), null, 2)}\n`);
  const { url } = manifest.repository;
  writeFileSync(
    path.join(stage, 'README.md'),
    withAbsoluteLinks(read('docs/npm.md'), 'docs', url.replace(/^git\+|\.git$/g, '')),
  );
}

function npmManifest(manifest) {
  const types = `./dist/types/${library}.d.ts`;
  const main = './dist/library.js';
  return {
    ...Object.fromEntries(sharedKeys.map(key => [key, manifest[key]])),
    description,
    engines: { node: manifest.engines.node },
    bin: { labelless: 'dist/cli.js' },
    main,
    types,
    exports: { '.': { types, default: main }, './package.json': './package.json' },
    dependencies: Object.fromEntries(natives.map(name => [name, manifest.dependencies[name]])),
    peerDependencies: Object.fromEntries(optionalPackages.map(name => [name, manifest.devDependencies[name]])),
    peerDependenciesMeta: Object.fromEntries(optionalPackages.map(name => [name, { optional: true }])),
  };
}
