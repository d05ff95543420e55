import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decode } from 'fast-png';
import sharp from 'sharp';
import ts from 'typescript';
import { dependencies, devDependencies, version } from '../../package.json';
import { bundledWeights } from '../../server/src/engine/adaptation/networks/bundledWeights';
import type { SegmentOutput } from '../../server/src/library/segmentOutput';
import { npm } from '../../scripts/npm.mjs';
import { picturePng } from '../support/workspace';

suite("npm's package, installed into an empty folder", function () {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  const installed = (name: string) => at('node_modules', 'labelless', ...name.split('/'));
  const read = (name: string) => readFileSync(installed(name), 'utf8');
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  /** The first block of code of a language in the README. */
  const example = (language: string) => {
    const [, code] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(read('README.md')) ?? [];
    assert.ok(code, `the README has no example in ${language}`);
    return code;
  };

  suiteSetup(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless npm '));
    writeFileSync(at('package.json'), JSON.stringify({ private: true }));
    const quiet = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    const { status, stderr } = npm(['install', ...quiet, path.resolve('out', 'package', `labelless-${version}.tgz`)], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr.toString());
    await sharp(picturePng(160, 120, 1))
      .jpeg({ quality: 95 })
      .toFile(at('photo.jpg'));
  });
  suiteTeardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds bundles, declarations, notices, the font, texts and the encoder, and nothing else', () => {
    const files = readdirSync(installed(''), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.relative(installed(''), path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
    assert.deepEqual(
      files.filter(name => !name.startsWith('dist/types/')).sort(),
      [
        ...['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY-NOTICES.txt', 'package.json', 'media/sample.jpg'],
        ...['cli', 'data', 'job', 'library', 'photos', 'queue', 'server', 'train', 'trial'].map(
          name => `dist/${name}.js`,
        ),
        'dist/Inter_500Medium.ttf',
        ...['', '.de', '.ja'].map(language => `l10n/bundle.l10n${language}.json`),
        ...['LICENSE.txt', 'NOTICE.md', bundledWeights.file].map(name => `dist/weights/${name}`),
      ].sort(),
    );
    const weights = readFileSync(installed(`dist/weights/${bundledWeights.file}`));
    assert.equal(createHash('sha256').update(weights).digest('hex'), bundledWeights.sha256);
    assert.match(read('THIRD-PARTY-NOTICES.txt'), /EfficientNet-Lite0[^]*Apache License/);
  });

  test('depends on the packages with binaries alone, in the versions of this project', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const names = ['onnxruntime-common', 'onnxruntime-node', 'onnxruntime-web', 'sharp'] as const;
    assert.deepEqual(manifest.dependencies, Object.fromEntries(names.map(name => [name, dependencies[name]])));
    assert.deepEqual(
      ['scripts', 'devDependencies', 'private', 'contributes'].filter(key => key in manifest),
      [],
    );
  });

  test('works without the packages of queues and object stores, and names those that are wanted', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, unknown>>;
    const names = ['@aws-sdk/client-s3', 'bullmq', 'ioredis'] as const;
    assert.deepEqual(manifest.peerDependencies, Object.fromEntries(names.map(name => [name, devDependencies[name]])));
    assert.deepEqual(
      names.filter(name => existsSync(at('node_modules', name))),
      [],
    );
    const calls: [args: string[], message: string][] = [
      [['work'], 'the queue needs the packages bullmq and ioredis: npm i -g bullmq ioredis'],
      [
        ['enqueue', 's3://photos/2026', '--name', 'may'],
        's3:// needs the package @aws-sdk/client-s3: npm i -g @aws-sdk/client-s3',
      ],
    ];
    for (const [args, message] of calls) {
      const call = [installed('dist/cli.js'), ...args, '--queue', 'redis://127.0.0.1:1'];
      const { status, stderr } = spawnSync(process.execPath, call, { encoding: 'utf8' });
      assert.equal(status, 1);
      assert.equal(stderr, `labelless: ${message}\n`);
    }
  });

  test('its README links to nothing beside itself', () => {
    const targets = [...read('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
    assert.ok(targets.length >= 2);
    assert.deepEqual(
      targets.filter(target => !target.startsWith('https://')),
      [],
    );
  });

  test('npx labelless segment writes a mask and tells of it as the declared type says', () => {
    const { status, stdout, stderr } = npm(['exec', 'labelless', '--', 'segment', 'photo.jpg', '--json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr.toString());
    const { images } = JSON.parse(stdout.toString()) as SegmentOutput;
    const mask = decode(readFileSync(at('photo.mask.png')));
    assert.deepEqual([images[0].mask, images[0].width, images[0].height], ['photo.mask.png', mask.width, mask.height]);
    assert.equal(new Set(mask.data).size, images[0].regions);
    rmSync(at('photo.mask.png'));
    rmSync(at('photo.mask.json'));
  });

  test("the README's example runs, and its results agree with one another", () => {
    writeFileSync(at('example.mjs'), example('js'));
    const [size, ...rows] = run('example.mjs').trimEnd().split('\n');
    const [, count] = /^160 × 120 pixels, (\d+) labels$/.exec(size) ?? [];
    const labels = rows.slice(0, Number(count)).map(row => row.split(' '));
    assert.equal(
      labels.reduce((sum, row) => sum + Number(row.at(-1)), 0),
      160 * 120,
      'the areas of all labels are the picture',
    );
    const written = decode(readFileSync(at('masks', 'photo.mask.png')));
    assert.equal(rows[Number(count)], `the label in the middle: ${written.data[60 * 160 + 80]}`);
    assert.equal(new Set(written.data).size, Number(count));
    assert.equal(new Set(decode(readFileSync(at('coarse.png'))).data).size, 3);
    assert.deepEqual(
      [decode(readFileSync(at('overlay.png'))).width, existsSync(at('masks', 'photo.coco.json'))],
      [160, true],
    );
  });

  test('its declarations hold for ES modules and CommonJS, by themselves', () => {
    writeFileSync(at('output.mts'), example('ts'));
    writeFileSync(
      at('calls.cts'),
      `import { segment, type SegmentedPicture, type OutputFormat } from 'labelless';
       const format: OutputFormat = 'coco';
       export const pictures: Promise<SegmentedPicture> = segment(new URL('file:///a.png'), { method: 'continuity' });
       // @ts-expect-error there is no such option
       void segment('a.png', { granularty: 0.5 });
       // @ts-expect-error there is no such format
       void pictures.then(picture => picture.write({ formats: [format, 'psd'] }));`,
    );
    const program = ts.createProgram([at('output.mts'), at('calls.cts')], {
      strict: true,
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      noEmit: true,
      types: ['node'],
      typeRoots: [at('node_modules', '@types')],
    });
    const isOurs = ({ fileName }: ts.SourceFile) => !/node_modules\/(@types|typescript|undici-types)\//.test(fileName);
    const files = program.getSourceFiles().filter(isOurs);
    assert.deepEqual(files.map(({ fileName }) => path.basename(fileName)).sort(), [
      ...['calls.cts', 'index.d.ts', 'maskStatus.d.ts', 'names.d.ts', 'output.mts', 'publicTypes.d.ts'],
      'segmentOutput.d.ts',
    ]);
    const faults = [
      ...program.getOptionsDiagnostics(),
      ...files.flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
    ];
    assert.deepEqual(
      faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
      [],
    );
  });
});
