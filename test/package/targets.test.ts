import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';

interface Packed {
  readonly from: string;
  readonly to: string;
}

/** Where each target's binaries run, and whether ONNX Runtime has a native one for it. */
const platforms: Readonly<Record<string, readonly [machine: string, native: boolean]>> = {
  'linux-x64': ['ELF x64', true],
  'linux-arm64': ['ELF arm64', true],
  'alpine-x64': ['ELF x64', false],
  'alpine-arm64': ['ELF arm64', false],
  'darwin-x64': ['Mach-O x64', false],
  'darwin-arm64': ['Mach-O arm64', true],
  'win32-x64': ['PE x64', true],
  'win32-arm64': ['PE arm64', true],
};

/** The format and the processor of a program or a library, as its header says; undefined for any other file. */
function machineOf(file: string): string | undefined {
  const head = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  readSync(handle, head, 0, head.length, 0);
  closeSync(handle);
  const named = (format: string, value: number, x64: number, arm64: number) =>
    `${format} ${value === x64 ? 'x64' : value === arm64 ? 'arm64' : value.toString(16)}`;
  if (head.readUInt32BE(0) === 0x7f454c46) return named('ELF', head.readUInt16LE(18), 0x3e, 0xb7);
  if (head.readUInt32LE(0) === 0xfeedfacf) return named('Mach-O', head.readUInt32LE(4), 0x01000007, 0x0100000c);
  if (head.readUInt16BE(0) === 0x4d5a)
    return named('PE', head.readUInt16LE(head.readUInt32LE(0x3c) + 4), 0x8664, 0xaa64);
  return undefined;
}

suite('what the package of each target holds', () => {
  let lists: Readonly<Record<string, readonly Packed[]>>;
  suiteSetup(() => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['scripts/package.mjs', '--built', '--all', '--list'],
      { encoding: 'utf8', maxBuffer: 1e8 },
    );
    assert.equal(status, 0, stderr);
    lists = JSON.parse(stdout) as typeof lists;
  });

  test('there are eight', () => {
    assert.deepEqual(Object.keys(lists).sort(), Object.keys(platforms).sort());
  });

  for (const [target, [machine, native]] of Object.entries(platforms)) {
    test(`${target}: binaries of its own alone, ONNX Runtime's ${native ? 'native and ' : ''}WebAssembly build`, () => {
      const files = lists[target];
      const binaries = files.flatMap(({ from, to }) => {
        const found = machineOf(from);
        return found === undefined ? [] : [{ to, found }];
      });
      assert.deepEqual(
        binaries.filter(({ found }) => found !== machine),
        [],
      );
      const holds = (pattern: RegExp) => files.some(({ to }) => pattern.test(to));
      assert.ok(binaries.some(({ to }) => /@img\/sharp-[^/]+\/.*\.node$/.test(to)));
      assert.ok(binaries.some(({ to }) => /@img\/sharp-[^/]+\/.*libvips/.test(to)));
      assert.equal(holds(/@img\/sharp-linuxmusl-/), target.startsWith('alpine'), 'the C library is that of the target');
      assert.equal(holds(/onnxruntime_binding\.node$/), native);
      assert.ok(holds(/ort-wasm-simd-threaded\.wasm$/));
      assert.deepEqual(
        files.filter(({ to }) => /cuda|tensorrt|\.pdb$/i.test(to)),
        [],
      );
    });
  }

  test('are the same bundles, texts, schemas and weights for all, and no sources, maps or declarations', () => {
    const own = (target: string) =>
      lists[target].map(({ to }) => to).filter(name => !name.startsWith('dist/node_modules/'));
    const names = own('linux-x64');
    for (const target of Object.keys(platforms)) assert.deepEqual(own(target), names);
    const wanted = [
      ...['cli', 'data', 'extension', 'features', 'job', 'queueReader', 'server', 'train', 'trial'].map(
        name => `dist/${name}.js`,
      ),
      ...['editor', 'gallery', 'session', 'training'].flatMap(page =>
        ['js', 'css'].map(kind => `dist/webview/${page}.${kind}`),
      ),
      ...['dist/webview/codicon.ttf', 'dist/Inter_500Medium.ttf'],
      ...['LICENSE.txt', 'NOTICE.md', 'efficientnet-lite0.safetensors'].map(name => `dist/weights/${name}`),
    ];
    assert.deepEqual(names.filter(name => name.startsWith('dist/')).sort(), wanted.sort());
    const others = [
      /^(l10n|schemas)\/[\w.]+\.json$/,
      /^media\/.*\.(jpg|json|md|png|svg)$/,
      /^(package(\.nls(\.de|\.ja)?)?\.json|(README|CHANGELOG|SUPPORT)\.md|LICENSE)$/,
    ];
    assert.deepEqual(
      names.filter(name => !name.startsWith('dist/') && !others.some(pattern => pattern.test(name))),
      [],
    );
  });
});
