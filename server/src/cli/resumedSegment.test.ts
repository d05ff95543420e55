import assert from 'node:assert/strict';
import { readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PhotoFolder } from '../engine/session/testing/photoFolder';
import type { StatusReport } from './statusTable';
import { callProgram } from './testing/callProgram';

suite('segment --resume', function () {
  this.timeout(240_000);
  let photos: PhotoFolder;

  /** Segments the folder, and returns what became of each image. */
  const segment = async (...args: string[]) => {
    const call = await callProgram(photos.folder, 'segment', '.', '--json-lines', ...args);
    const lines = call.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { image: string; mask?: string; error?: string; status?: string });
    const outcomes = Object.fromEntries(
      lines.map(({ image, mask, error, status: left }) => [
        image,
        left ?? error ?? (mask === undefined ? '' : 'written'),
      ]),
    );
    return { ...call, outcomes };
  };
  const resume = (...args: string[]) => segment('--resume', ...args);
  const status = async (...args: string[]) => {
    const { stdout, stderr, ...call } = await callProgram(photos.folder, 'status', '.', '--json', ...args);
    const { progress, images } = JSON.parse(stdout) as StatusReport;
    const states = Object.fromEntries(images.map(image => [image.path, image.progress]));
    const reasons = Object.fromEntries(images.flatMap(({ path: name, reason }) => (reason ? [[name, reason]] : [])));
    return { ...call, stderr, progress, states, reasons };
  };
  /** Changes a file, but not its time: only its digest tells. */
  const changeUnseen = (name: string, change: (file: string) => void) => {
    const file = photos.at(name);
    const { atime, mtime } = statSync(file);
    change(file);
    utimesSync(file, atime, mtime);
  };

  setup(async () => {
    photos = new PhotoFolder(await mkdtemp(path.join(tmpdir(), 'labelless resume-')));
    for (const name of ['a.png', 'b.png', 'c.png', 'd.png', 'e.png']) await photos.photo(name);
  });
  teardown(() => rm(photos.folder, { recursive: true }));

  test('goes on where a run ended, and leaves a person’s masks alone', async () => {
    photos.mask('a.png', { status: 'approved' });
    photos.mask('b.png', { status: 'edited' });
    photos.mask('c.png', { status: 'skipped' });
    const before = ['a', 'b', 'c'].map(stem => readFileSync(photos.at(`${stem}.mask.json`), 'utf8'));
    assert.deepEqual((await status()).progress, { done: 0, kept: 3, missing: 2, failed: 0, stale: 0 });
    const first = await resume();
    assert.equal(first.status, 0, first.stderr);
    const left = { 'a.png': 'approved', 'b.png': 'edited', 'c.png': 'skipped' };
    assert.deepEqual(first.outcomes, { ...left, 'd.png': 'written', 'e.png': 'written' });
    const second = await resume();
    assert.deepEqual(second.outcomes, { ...left, 'd.png': 'done', 'e.png': 'done' });
    assert.match(second.stderr, /^labelless: left as they are: 2 done, 1 edited, 1 approved, 1 skipped$/m);
    const after = ['a', 'b', 'c'].map(stem => readFileSync(photos.at(`${stem}.mask.json`), 'utf8'));
    assert.deepEqual(after, before);
    assert.deepEqual((await status()).progress, { done: 2, kept: 3, missing: 0, failed: 0, stale: 0 });
  });

  test('makes again what is not whole, not of this picture or not of these settings, by digests', async () => {
    assert.equal((await segment('--format', 'mask,npy')).status, 0);
    assert.equal((await status('--format', 'mask,npy')).progress.done, 5);
    changeUnseen('a.mask.png', file => {
      truncateSync(file, statSync(file).size - 20);
    });
    changeUnseen('b.mask.json', file => {
      truncateSync(file, statSync(file).size - 20); // its head says that nobody has edited it
    });
    changeUnseen('c.png', file => {
      writeFileSync(file, readFileSync(photos.at('d.png')));
    });
    await rm(photos.at('d.mask.npy'));
    const { outcomes, status: exit, stderr } = await resume('--format', 'mask,npy');
    assert.equal(exit, 0, stderr);
    const written = { 'a.png': 'written', 'b.png': 'written', 'c.png': 'written', 'd.png': 'written' };
    assert.deepEqual(outcomes, { ...written, 'e.png': 'done' });
    const again = await resume('--format', 'npy,mask');
    assert.deepEqual(new Set(Object.values(again.outcomes)), new Set(['done']), 'the order of formats is all one');
    assert.equal((await resume('--format', 'mask')).outcomes['a.png'], 'done', 'fewer formats are there too');
  });

  test('makes again what other settings or another version made, and status says so', async () => {
    assert.equal((await segment('--seed', '7')).status, 0);
    const text = readFileSync(photos.at('a.mask.json'), 'utf8');
    const { request, ...rest } = JSON.parse(text) as { request: object };
    writeFileSync(photos.at('a.mask.json'), JSON.stringify(rest)); // as versions before this one wrote it
    assert.ok('settings' in request);
    const seen = await status('--seed', '7');
    assert.deepEqual(seen.progress, { done: 4, kept: 0, missing: 0, failed: 0, stale: 1 });
    assert.match(seen.reasons['a.png'] ?? '', /does not tell by which settings/);
    const other = await status();
    assert.equal(other.progress.stale, 5);
    assert.match(other.reasons['b.png'] ?? '', /made with other settings, or by another version/);
    for (const options of [
      ['--regions', '2'],
      ['--granularity', '0.4'],
      ['--method', 'superpixel'],
      ['--set', 'clustering.iterations=3'],
      ['--threads', '2'],
      ['--backend', 'wasm'],
      ['--format', 'mask,overlay'],
    ])
      assert.equal((await status('--seed', '7', ...options)).progress.stale, 5, options.join(' '));
    assert.deepEqual((await resume('--seed', '7')).outcomes, {
      'a.png': 'written',
      ...Object.fromEntries(['b', 'c', 'd', 'e'].map(stem => [`${stem}.png`, 'done'])),
    });
  });

  test('leaves a mask alone of which it cannot tell whether a person edited it, and says what to do', async () => {
    await segment();
    truncateSync(photos.at('a.mask.json'), 100); // it does not tell its status any more
    writeFileSync(photos.at('b.mask.png'), readFileSync(photos.at('c.mask.png'))); // as another program paints
    const [a, b] = ['a.mask.json', 'b.mask.png'].map(name => readFileSync(photos.at(name)));
    const { status: exit, stderr, outcomes } = await resume();
    assert.equal(exit, 1);
    assert.match(stderr, /^a\.png: its sidecar cannot be used: .*; it may be a person's work .* without --resume/m);
    assert.match(stderr, /^b\.png: its mask was changed since its sidecar was written; it may be a person's work/m);
    assert.equal(outcomes['e.png'], 'done');
    assert.deepEqual([readFileSync(photos.at('a.mask.json')), readFileSync(photos.at('b.mask.png'))], [a, b]);
    assert.equal((await callProgram(photos.folder, 'segment', 'a.png')).status, 0);
    assert.ok((await readdir(photos.folder)).includes('a.mask.json.previous-1'), 'and nothing is lost then');
    assert.equal((await resume()).outcomes['a.png'], 'done', 'it was named, but with the same settings');
  });

  test('remembers why an image failed until it is another image, or done', async () => {
    writeFileSync(photos.at('b.png'), 'no picture');
    const first = await resume();
    assert.equal(first.status, 1);
    assert.match(first.outcomes['b.png'] ?? '', /^it is not an image that can be read/);
    const seen = await status();
    assert.equal(seen.status, 1);
    assert.deepEqual(seen.progress, { done: 4, kept: 0, missing: 0, failed: 1, stale: 0 });
    assert.equal(seen.reasons['b.png'], first.outcomes['b.png']);
    assert.match(seen.stderr, /^b\.png: it is not an image that can be read/m);
    assert.equal((await status('--seed', '2')).states['b.png'], 'missing', 'it has not failed with these settings');
    await photos.photo('b.png');
    assert.equal((await status()).states['b.png'], 'missing');
    assert.equal((await resume()).outcomes['b.png'], 'written');
    assert.ok(!(await readdir(photos.folder)).includes('.labelless.failed'));
  });

  test('goes with no option that contradicts it', async () => {
    for (const [args, reason] of [
      [['.', '--resume', '--only', 'none'], /give one of them, not both/],
      [['.', '--resume', '--format', 'npy'], /--format must have mask among others/],
      [['--resume'], /--resume wants a folder, images or --files-from/],
      [['--shard', '1/2'], /--shard wants a folder, images or --files-from/],
      [['.', '--shard', '3/2'], /--shard 3\/2: I\/N is wanted/],
      [['.', '-0'], /--null is about a list: give --files-from too/],
      [['.', '--json', '--json-lines'], /give one of them, not both/],
    ] as const) {
      const { status: exit, stderr } = await callProgram(photos.folder, 'segment', ...args);
      assert.equal(exit, 2, args.join(' '));
      assert.match(stderr, reason);
    }
  });
});
