import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { picturePng } from '../../../test/support/workspace';
import { callProgram, callProgramIn, program } from './testing/callProgram';

/** The contents of all files of a folder, by path. */
function contentsOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(
    files
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .sort()
      .map(file => [path.relative(folder, file), readFileSync(file, 'base64')]),
  );
}

interface Line {
  image: string;
  mask?: string;
  error?: string;
  status?: string;
}

const linesOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Line);

suite('segment with shards and lists', function () {
  this.timeout(240_000);
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless shards-'));
    for (const below of ['photos/day 1', 'photos/day 2']) mkdirSync(at(below), { recursive: true });
    const names = ['0.png', '1.png', 'day 1/0.png', 'day 1/é.png', 'day 2/4.png', 'day 2/5.png'];
    for (const [seed, name] of names.entries()) writeFileSync(at('photos', name), picturePng(48, 32, seed + 1));
    writeFileSync(at('photos', 'day 1', 'broken.png'), 'no picture');
    copyFileSync(at('photos', '1.png'), at('photos', '1.jpg')); // of one stem, in whatever shares
  });
  teardown(() => rm(folder, { recursive: true }));

  test('all shares leave what one machine leaves, byte for byte, in any order, also where one ran twice', async () => {
    const call = ['photos', '--recursive', '--resume', '--format', 'mask,overlay,npy,coco', '--threads', '1'];
    const one = await callProgram(folder, 'segment', ...call, '-o', 'one');
    assert.equal(one.status, 1, one.stderr);
    const images: string[] = [];
    let failures = 0;
    for (const id of [12, 10, 11, 10]) {
      const slurm = {
        SLURM_ARRAY_TASK_ID: `${id}`,
        SLURM_ARRAY_TASK_COUNT: '3',
        SLURM_ARRAY_TASK_MIN: '10',
        SLURM_ARRAY_TASK_MAX: '12',
      };
      const env = { ...process.env, ...slurm };
      const { stdout } = await callProgramIn(
        env,
        folder,
        'segment',
        ...call,
        '-o',
        'many',
        '--shard',
        'auto',
        '--json-lines',
      );
      for (const { image, mask, error } of linesOf(stdout)) {
        if (mask !== undefined) images.push(image);
        if (error !== undefined) failures++;
      }
    }
    assert.equal(images.length, 7);
    assert.equal(new Set(images).size, 7, 'none is segmented twice');
    assert.ok(failures >= 1, 'the broken one is told by its share alone');
    const [whole, parts] = [contentsOf(at('one')), contentsOf(at('many'))];
    assert.equal([...whole.keys()].filter(name => name.endsWith('.mask.json')).length, 7);
    assert.deepEqual([...parts.keys()], [...whole.keys()]);
    for (const [name, content] of whole) assert.equal(parts.get(name), content, name);
  });

  test('a photo that is added later moves no other one to another share', async () => {
    const sharesOf = async () => {
      const shares = new Map<string, number>();
      for (let shard = 1; shard <= 3; shard++) {
        const call = ['segment', 'photos', '-r', '-o', 'out', '--shard', `${shard}/3`, '--only', 'approved', '--json'];
        const { stdout } = await callProgram(folder, ...call);
        const { leftOut = [] } = JSON.parse(stdout) as { leftOut?: { image: string }[] };
        for (const { image } of leftOut) shares.set(image, shard);
      }
      return shares;
    };
    const before = await sharesOf();
    assert.equal(before.size, 8);
    writeFileSync(at('photos', '00 first.png'), picturePng(48, 32, 9));
    const after = await sharesOf();
    assert.equal(after.size, 9);
    for (const [image, shard] of before) assert.equal(after.get(image), shard, image);
  });

  test('a list names images by lines or NUL characters, without own outputs; its approved masks stay', function () {
    if (process.platform === 'win32') this.skip();
    writeFileSync(at('photos', 'day 2', 'two\nlines.png'), picturePng(48, 32, 7));
    const found = "find photos/0.png photos/gone.png 'photos/day 2'";
    const run = (script: string) =>
      spawnSync('bash', ['-c', script.replaceAll('labelless', `"${process.execPath}" "${program}"`)], {
        cwd: folder,
        encoding: 'utf8',
      });
    const nul = run(
      `${found} -name '*.png' -print0 2>/dev/null | labelless segment --files-from - -0 --json-lines -o out`,
    );
    assert.equal(nul.status, 0, nul.stderr);
    const images = ['photos/0.png', 'photos/day 2/4.png', 'photos/day 2/5.png', 'photos/day 2/two\nlines.png'];
    assert.deepEqual(
      linesOf(nul.stdout)
        .map(({ image }) => image)
        .sort(),
      images,
    );
    assert.equal(run(`labelless segment photos/1.png --files-from <(echo photos/0.png)`).status, 0);
    const sidecar = readFileSync(at('photos', '0.mask.json'), 'utf8');
    writeFileSync(at('photos', '0.mask.json'), sidecar.replace('"status": "proposed"', '"status": "approved"'));
    writeFileSync(at('list'), '\ufeffphotos/0.png\r\n\r\nphotos/0.mask.png\r\nphotos/1.png\r\nphotos/gone.png');
    const lines = run('labelless segment --files-from list --json-lines');
    assert.deepEqual(
      linesOf(lines.stdout).map(({ image, mask, error, status }) => [image, status ?? error ?? mask]),
      [
        ['photos/0.png', 'approved'],
        ['photos/1.png', path.join('photos', '1.png.mask.png')],
        ['photos/gone.png', 'there is no such file'],
      ],
    );
    const nothing = run(': | labelless segment --files-from -');
    assert.deepEqual([nothing.status, nothing.stdout], [0, ''], 'a search that finds nothing is no error');
    assert.match(run(`${found} -print0 | labelless segment --files-from -`).stderr, /NUL characters: give --null/);
    assert.match(
      run('labelless segment --files-from gone').stderr,
      /the list gone cannot be used: there is no such file/,
    );
  });

  test('--json-lines tells each image while the others are still segmented', async () => {
    writeFileSync(at('photos', 'slow.png'), picturePng(320, 240, 1));
    const args = ['segment', 'photos/day 1/broken.png', 'photos/slow.png', '--json-lines'];
    const slow = ['--method', 'continuity', '--set', 'continuity.iterations=10000'];
    const running = spawn(process.execPath, [program, ...args, ...slow], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = once(running, 'exit');
    const [line] = (await once(createInterface(running.stdout), 'line')) as [string];
    assert.equal((JSON.parse(line) as Line).image, 'photos/day 1/broken.png');
    assert.equal(running.exitCode, null, 'it is still running');
    running.kill('SIGINT');
    await ended;
  });
});
