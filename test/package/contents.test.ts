import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { latestVsix, listVsix } from '../support/vsix';

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

  test('it is under 40 MB', () => {
    const file = latestVsix();
    assert.ok(statSync(file).size < 40e6, `${path.basename(file)} has ${statSync(file).size} bytes`);
  });
});
