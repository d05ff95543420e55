import assert from 'node:assert/strict';
import { statSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import os from 'node:os';
import { pathToFileURL } from 'node:url';
import { decode } from 'fast-png';
import { createProtocolConnection, type InitializeParams } from 'vscode-languageserver-protocol/node';
import { latestVsix, listVsix, packedSize, readVsix, unpackVsix } from '../support/vsix';
import manifest from '../../package.json';
import { ListQueuesRequest } from '../../protocol/queueMessages';
import { SegmentRequest } from '../../protocol/segmentMessages';
import { bundledWeights } from '../../server/src/engine/adaptation/networks/bundledWeights';
import { picturePng } from '../support/workspace';

suite('contents of the .vsix', () => {
  let names: string[];
  suiteSetup(() => {
    names = listVsix(latestVsix());
  });

  test('everything that runs is in it', () => {
    const binaries = `${process.platform}-${process.arch}`;
    const wanted = [
      /^package\.json$/i,
      /^LICENSE/i,
      /^readme\.md$/i,
      /^changelog\.md$/i,
      /^package\.nls\.json$/,
      ...['de', 'ja'].flatMap(language => [
        new RegExp(`^package\\.nls\\.${language}\\.json$`),
        new RegExp(`^l10n/bundle\\.l10n\\.${language}\\.json$`),
      ]),
      /^dist\/extension\.js$/,
      /^dist\/server\.js$/,
      /^dist\/job\.js$/,
      /^dist\/train\.js$/,
      /^dist\/cli\.js$/,
      /^dist\/queueReader\.js$/,
      /^dist\/Inter_500Medium\.ttf$/,
      /^dist\/webview\/editor\.js$/,
      /^dist\/webview\/editor\.css$/,
      /^dist\/node_modules\/sharp\/dist\/index\.cjs$/,
      new RegExp(`@img/sharp-${binaries}/`),
      /^dist\/node_modules\/onnxruntime-web\/dist\/ort-wasm-simd-threaded\.wasm$/,
      ...(binaries === 'darwin-x64'
        ? []
        : [new RegExp(`onnxruntime-node/bin/.*/${process.platform}/${process.arch}/onnxruntime_binding.node$`)]),
    ];
    assert.deepEqual(wanted.filter(pattern => !names.some(name => pattern.test(name))).map(String), []);
  });

  test('each link and picture of its README leads to a file of the repository', () => {
    const { url } = (manifest as { repository: { url: string } }).repository;
    const address = url.replace(/^git\+|\.git$/g, '');
    const readme = Buffer.from(readVsix(latestVsix(), 'readme.md')).toString();
    const targets = [...readme.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, mark, target]) => [mark, target]);
    assert.ok(targets.filter(([mark]) => mark === '!').length >= 5, 'it has pictures');
    for (const [mark, target] of targets) {
      const beginning = `${address}/${mark === '!' ? 'raw' : 'blob'}/HEAD/`;
      assert.ok(target.startsWith(beginning), target);
      assert.ok(existsSync(target.slice(beginning.length).replace(/#.*/, '')), target);
    }
  });

  test('no sources, tests, source maps or declarations are in it', () => {
    assert.deepEqual(
      names.filter(name =>
        /\.(ts|mts|cts|map)$|\.test\.|^(client|server|mask|protocol|webview|test|bench|scripts|out)\//.test(name),
      ),
      [],
    );
  });

  test('no other platform’s binaries are in it', () => {
    const platform = /(?:sharp-(?:libvips-)?|napi-v\d+\/)(linux|linuxmusl|darwin|win32)[-/](x64|arm64|ia32)/;
    const foreign = names.filter(name => {
      const [, os, cpu] = platform.exec(name) ?? [];
      return os !== undefined && (os.replace('musl', '') !== process.platform || cpu !== process.arch);
    });
    assert.deepEqual(foreign, []);
  });

  test('what VS Code reads at activation stays small: other bundles are loaded when they are needed', () => {
    const { size } = statSync(path.resolve('dist', 'extension.js'));
    assert.ok(size < 20_000, `dist/extension.js has ${size} bytes`);
  });

  test('on Linux and macOS it is under 40 MB without the pretrained encoder', function () {
    if (process.platform === 'win32') this.skip(); // has a limit of its own: scripts/package/targets.mjs
    const file = latestVsix();
    const size = statSync(file).size - packedSize(file, `dist/weights/${bundledWeights.file}`);
    assert.ok(size < 40e6, `${path.basename(file)} has ${size} bytes`);
  });

  test('the pretrained encoder is in it, to the last byte, with its notice and its licence', () => {
    const read = (name: string) => readVsix(latestVsix(), `dist/weights/${name}`);
    assert.equal(createHash('sha256').update(read(bundledWeights.file)).digest('hex'), bundledWeights.sha256);
    assert.match(Buffer.from(read('NOTICE.md')).toString(), /Tan and .* Le.*TensorFlow Authors.*ML Illustrated/s);
    assert.match(Buffer.from(read('LICENSE.txt')).toString(), /Apache License\s+Version 2\.0/);
  });
});

suite('notices of the work of others', () => {
  let notices: string;
  suiteSetup(() => {
    notices = Buffer.from(readVsix(latestVsix(), 'THIRD-PARTY-NOTICES.txt')).toString();
  });

  test('each package that is bundled, or ships beside the bundles, is named with its version and its licence', () => {
    const shipped = listVsix(latestVsix()).filter(name => /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(name));
    const bundled = JSON.parse(readFileSync(path.resolve('out', 'bundled.json'), 'utf8')) as string[];
    const manifests = [
      ...shipped.map(name => Buffer.from(readVsix(latestVsix(), name)).toString()),
      ...bundled.map(folder => readFileSync(path.join(folder, 'package.json'), 'utf8')),
    ];
    assert.ok(shipped.length >= 8 && bundled.length >= 30, `${shipped.length}, ${bundled.length}`);
    for (const manifest of manifests) {
      const { name, version, license } = JSON.parse(manifest) as { name: string; version: string; license: string };
      const [, text = ''] = notices.split(`\n${name} ${version}\nLicence: ${license}\n`);
      assert.match(text, /^=+\n\n[^]{400}/, name); // a heading alone is no text
    }
  });

  test('fonts, icons, weights, ONNX Runtime’s and libvips’s own parts are there with their licences', () => {
    const wanted = [
      /SIL OPEN FONT LICENSE Version 1\.1/i,
      /Attribution 4\.0 International/,
      /EfficientNet-Lite0[^]*Apache License/,
      /THIRD PARTY SOFTWARE NOTICES AND INFORMATION/,
      /\| libvips +\| LGPLv3/,
      /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/,
      /GNU GENERAL PUBLIC LICENSE\s+Version 3/,
    ];
    assert.deepEqual(wanted.filter(pattern => !pattern.test(notices)).map(String), []);
  });
});

suite('the packaged programs, unpacked far from any node_modules', function () {
  let folder: string;
  let picture: string;

  suiteSetup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless package '));
    unpackVsix(latestVsix(), path.join(folder, 'extension'));
    picture = path.join(folder, 'shapes.png');
    writeFileSync(picture, picturePng(160, 120, 1));
  });
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const backend of ['cpu', 'wasm']) {
    test(`the command line segments a picture on ${backend}`, function () {
      const hasNative = listVsix(latestVsix()).some(name => name.endsWith('onnxruntime_binding.node'));
      if (backend === 'cpu' && !hasNative) this.skip();
      const output = path.join(folder, backend);
      const run = spawnSync(
        process.execPath,
        [path.join(folder, 'extension/dist/cli.js'), 'segment', picture, '-o', output, '--backend', backend, '--json'],
        { cwd: folder, encoding: 'utf8' },
      );
      assert.equal(run.status, 0, run.stderr);
      const [image] = (JSON.parse(run.stdout) as { images: { mask: string; backend: string; regions: number }[] })
        .images;
      assert.equal(image.backend, backend);
      const mask = decode(readFileSync(image.mask));
      assert.deepEqual([mask.width, mask.height], [160, 120]);
      assert.equal(new Set(mask.data).size, image.regions);
    });
  }

  test('the language server starts, writes a mask, and speaks with Redis without another package', async () => {
    const server = spawn(process.execPath, [path.join(folder, 'extension/dist/server.js'), '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const connection = createProtocolConnection(server.stdout, server.stdin);
    connection.onRequest('workspace/configuration', (asked: { items: unknown[] }) => asked.items.map(() => ({})));
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.listen();
    try {
      const start: InitializeParams = {
        processId: process.pid,
        rootUri: null,
        capabilities: { workspace: { configuration: true } },
      };
      await connection.sendRequest('initialize', start);
      await connection.sendNotification('initialized', {});
      const { outcomes } = await connection.sendRequest(SegmentRequest, {
        uris: [pathToFileURL(picture).href],
        target: 'write',
      });
      const [outcome] = outcomes;
      assert.ok('written' in outcome, JSON.stringify(outcome));
      assert.ok(existsSync(path.join(folder, 'shapes.mask.png')));
      const queues = await connection.sendRequest(ListQueuesRequest, { url: 'redis://127.0.0.1:1' });
      assert.ok(queues.state === 'away' && queues.reason.includes('nothing listens at this port'), queues.state);
      await connection.sendRequest('shutdown');
    } finally {
      await ended(server, () => connection.sendNotification('exit'));
      connection.dispose();
    }
  });
});

async function ended(process: ChildProcess, ask: () => Promise<void>): Promise<void> {
  const gone = new Promise(resolve => process.once('exit', resolve));
  await ask().catch(() => process.kill());
  const force = setTimeout(() => process.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(force);
}
