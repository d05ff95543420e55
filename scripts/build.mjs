// Builds everything that runs: the extension host's bundle, the server's entry points, the editor's page, and the
// tests. --watch rebuilds on change; --no-tests leaves the tests out, as `npm run segment` does.
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { bundledFolders, rememberBundled } from './package/bundled.mjs';
import { noticesFile, noticesOf } from './package/notices.mjs';
import { optionalPackages } from './package/optional.mjs';

const watch = process.argv.includes('--watch');
const tests = !process.argv.includes('--no-tests');
process.chdir(path.resolve(import.meta.dirname, '..'));
/** While watching, each build is told: .vscode/tasks.json waits for the first. */
const logLevel = watch ? 'info' : 'warning';

/** Native and WebAssembly packages stay outside the bundles, too: they find their binaries beside their own files. */
const external = ['vscode', 'onnxruntime-node', 'onnxruntime-web', 'sharp', ...optionalPackages];
const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: true,
  external,
  logLevel,
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  mainFields: ['module', 'main'], // the `main` builds of some vscode-* packages hide their requires from the bundler
};

/** The programs that run tests: in the extension host, around it, and the reporter of all suites. */
const testPrograms = ['test/integration/index.ts', 'test/integration/run.ts', 'test/support/suiteReporter.ts'];

function testFiles() {
  const roots = ['client', 'files', 'mask', 'protocol', 'server', 'webview', 'test', 'bench', 'scripts'];
  return roots
    .flatMap(root => readdirSync(root, { recursive: true }).map(name => path.join(root, name)))
    .filter(name => name.endsWith('.test.ts'));
}

/** What packages hold. */
const programs = [
  // The extension host parses extension.js at activation, features.js when a user first does something with an image.
  {
    ...node,
    entryPoints: ['client/extension.ts', 'client/features.ts'],
    outdir: 'dist',
    external: [...external, './features.js'],
    supported: { 'dynamic-import': false },
  },
  {
    ...node,
    entryPoints: {
      server: 'server/src/main.ts',
      job: 'server/src/jobs/tasks/worker.ts',
      train: 'server/src/jobs/training/main.ts',
      cli: 'server/src/cli/main.ts',
      library: 'server/src/library/index.ts',
      trial: 'server/src/engine/backend/trialMain.ts',
      data: 'server/src/engine/dataset/streaming/batchWorker.ts',
      queue: 'server/src/queue/index.ts',
      photos: 'server/src/queue/photoMain.ts',
    },
    outdir: 'dist',
  },
  // What the language server watches queues by, in the .vsix, which has no packages that people add.
  {
    ...node,
    entryPoints: { queueReader: 'server/src/queue/queueReader.ts' },
    outdir: 'dist',
    external: external.filter(name => name !== 'ioredis'),
    minify: !watch,
  },
  {
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    logLevel,
    minify: !watch,
    entryPoints: [
      { in: 'webview/editor/main.ts', out: 'editor' },
      { in: 'webview/editor/editor.css', out: 'editor' },
      { in: 'webview/gallery/main.ts', out: 'gallery' },
      { in: 'webview/gallery/gallery.css', out: 'gallery' },
      { in: 'webview/session/main.ts', out: 'session' },
      { in: 'webview/session/session.css', out: 'session' },
      { in: 'webview/training/main.ts', out: 'training' },
      { in: 'webview/training/training.css', out: 'training' },
    ],
    outdir: 'dist/webview',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
];
const builds = programs.map(options => ({ ...options, metafile: true }));
if (tests) {
  rmSync('out/test', { recursive: true, force: true }); // a deleted test's program would go on running
  const testExternal = [
    '@tensorflow/tfjs-node',
    '@tensorflow/tfjs-node-gpu',
    'playwright-core',
    'mocha',
    '@vscode/test-electron',
    'typescript',
  ];
  const inVsCode = name => path.dirname(name) === path.join('test', 'integration');
  const files = testFiles();
  builds.push(
    {
      ...node,
      entryPoints: [...files.filter(name => !inVsCode(name)), 'test/attack/main.ts'],
      outdir: 'out/test',
      outbase: '.',
      alias: { vscode: './test/support/vscode.ts' }, // these run outside VS Code
      external: [...external.filter(name => name !== 'vscode'), ...testExternal],
    },
    {
      ...node,
      entryPoints: [...files.filter(inVsCode), ...testPrograms],
      outdir: 'out/test',
      outbase: '.',
      external: [...external, ...testExternal],
    },
  );
}

cpSync('weights', 'dist/weights', { recursive: true }); // the pretrained encoder, where it is there, and its notice
const contexts = await Promise.all(builds.map(options => esbuild.context(options)));
if (watch) await Promise.all(contexts.map(context => context.watch()));
else {
  const built = await Promise.all(contexts.map(context => context.rebuild()));
  rememberBundled(built.flatMap(({ metafile }) => metafile ?? []));
  writeFileSync(path.join('dist', noticesFile), noticesOf(process.cwd(), bundledFolders(process.cwd())));
  await Promise.all(contexts.map(context => context.dispose()));
}
