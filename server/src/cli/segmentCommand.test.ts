import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { decodeMaskPng } from '../../../mask/files/indexedPng';
import { outputFormats } from '../../../protocol/names';
import references from '../engine/image/imageView.reference.json';
import type { SegmentOutput } from '../library/segmentOutput';
import { callProgram, program, square, type Call } from './testing/callProgram';

const rowsOf = ({ stdout }: Call) => (JSON.parse(stdout) as SegmentOutput).images;

suite('labelless', () => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  const run = (...args: string[]) => callProgram(folder, ...args);

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless cli-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test("segment writes a mask of the image's size and its sidecar, and says so", async () => {
    await square().jpeg({ quality: 100 }).toFile(at('photo.jpg'));
    const { status, stdout, stderr } = await run('segment', 'photo.jpg', '--regions', '2');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^photo\.jpg → photo\.mask\.png: 2 regions, \d+ iterations?, [\d.]+ s with \w+\n$/);
    assert.deepEqual((await readdir(folder)).sort(), ['photo.jpg', 'photo.mask.json', 'photo.mask.png']);
    const mask = decodeMaskPng(await readFile(at('photo.mask.png')));
    assert.deepEqual([mask.width, mask.height], [60, 40]);
    assert.notEqual(mask.labels[0], mask.labels[20 * 60 + 30]);
    assert.deepEqual([...new Set(mask.labels)].sort(), [1, 2]);
  });

  test('--set image.… chooses range, bands and page of a TIFF, kept in the sidecar; what there is not is an error', async () => {
    await writeFile(at('deep.tif'), Buffer.from(references.bands.tiff, 'base64'));
    const choice = ['--set', 'image.range=0.5%..99.5%', '--set', 'image.bands=4,3,2'];
    const { status, stderr } = await run('segment', 'deep.tif', ...choice);
    assert.equal(status, 0, stderr);
    const { run: record } = JSON.parse(await readFile(at('deep.mask.json'), 'utf8')) as { run: unknown };
    const { image } = record as { image: unknown };
    assert.deepEqual(image, { range: '0.5%..99.5%', bands: [4, 3, 2], page: 1 });
    for (const [assignment, why] of [
      ['image.range=5..1', /--set image\.range=5\.\.1: .*a range is auto, or two rising numbers or percentages/],
      ['image.bands=1,2', /--set image\.bands=1,2: .*three for red, green and blue, or one for grey/],
      ['image.bands=9', /deep\.tif: it has 6 bands, and no band 9/],
      ['image.page=2', /deep\.tif: it has one page, and no page 2/],
    ] as const) {
      const refused = await run('segment', 'deep.tif', '--set', assignment);
      assert.notEqual(refused.status, 0);
      assert.match(refused.stderr, why);
    }
  });

  test('--json prints one object on standard output and the rest on standard error', async () => {
    await square().png().toFile(at('a.png'));
    const result = await run('segment', '--json', '--backend', 'cpu', 'a.png');
    assert.equal(result.status, 0, result.stderr);
    const [{ seconds, regions, iterations, ...row }] = rowsOf(result);
    assert.deepEqual(row, { image: 'a.png', mask: 'a.mask.png', width: 60, height: 40, backend: 'cpu' });
    assert.ok(seconds > 0 && regions >= 1 && iterations >= 0);
    assert.match(result.stderr, /a\.png → a\.mask\.png/);
  });

  test('bad images fail with a line each, the others are written', async () => {
    await square().png().toFile(at('good.png'));
    await writeFile(at('empty.jpg'), '');
    await writeFile(at('text.jpg'), 'not a picture');
    const whole = await square().jpeg().toBuffer();
    await writeFile(at('cut.jpg'), whole.subarray(0, whole.length / 2));
    const result = await run('segment', '--json', 'empty.jpg', 'text.jpg', 'good.png', 'cut.jpg', 'missing.jpg');
    assert.equal(result.status, 1);
    assert.deepEqual(
      rowsOf(result).map(row => row.image),
      ['good.png'],
    );
    for (const line of [
      /^empty\.jpg: it is empty/m,
      /^text\.jpg: it is not an image/m,
      /^cut\.jpg: .*cut off/m,
      /^missing\.jpg: there is no such file$/m,
    ]) {
      assert.match(result.stderr, line);
    }
    assert.equal((await readdir(folder)).includes('good.mask.png'), true);
  });

  test('a limit is named with its setting, and --set raises it', async () => {
    await square(160, 120).png().toFile(at('a.png'));
    const limited = ['segment', 'a.png', '--set', 'labelless.limits.megapixels=0.01'];
    const refused = await run(...limited);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^a\.png: its 160 × 120 pixels .*labelless\.limits\.megapixels raises it$/m);
    assert.equal((await run(...limited, '--set', 'limits.megapixels=0.1')).status, 0);
  });

  test('what of an image is shown otherwise than it is stored, or left out, is in the line and in the JSON', async () => {
    const twelveBits = Uint16Array.from({ length: 48 * 32 }, (_, p) => (p % 48 < 24 ? 400 : 3500));
    await sharp(twelveBits, { raw: { width: 48, height: 32, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toFile(at('deep.png'));
    const frames = [await square().png().toBuffer(), await square().negate().png().toBuffer()];
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(at('moving.gif'));
    const result = await run('segment', 'deep.png', 'moving.gif', '--regions', '2', '--json');
    const [deep, moving] = rowsOf(result).map(row => row.notes?.join());
    assert.match(deep ?? '', /its 16-bit values are shown from 400 \(black\) to 3500 \(white\)/);
    assert.equal(moving, 'the first of its 2 frames is used');
    assert.match(result.stderr, /; the first of its 2 frames is used$/m);
    assert.equal(rowsOf(result)[0]?.regions, 2);
  });

  test('a folder stands for its images, without own outputs, recursively on demand; -o keeps its tree', async () => {
    await mkdir(at('photos', 'inner'), { recursive: true });
    await square().png().toFile(at('photos', 'b.png'));
    await square().jpeg().toFile(at('photos', 'a.jpg'));
    await square()
      .webp()
      .toFile(at('photos', 'inner', 'c.webp'));
    await writeFile(at('photos', 'notes.txt'), 'none');
    const flat = await run('segment', 'photos', '--json');
    assert.deepEqual(
      rowsOf(flat).map(row => row.image),
      [path.join('photos', 'a.jpg'), path.join('photos', 'b.png')],
    );
    const deep = await run('segment', 'photos', '--json', '--recursive', '-o', 'out');
    assert.deepEqual(
      rowsOf(deep).map(row => row.mask),
      ['a.mask.png', 'b.mask.png', path.join('inner', 'c.mask.png')].map(name => path.join('out', name)),
    );
    assert.deepEqual(rowsOf(deep).length, 3, 'masks of the first call are no images');
  });

  test('images of one stem get masks of their own; of one name in one folder the second is refused', async () => {
    await square().png().toFile(at('a.png'));
    await square().jpeg().toFile(at('a.jpg'));
    assert.deepEqual(
      rowsOf(await run('segment', 'a.png', '--json')).map(row => row.mask),
      ['a.png.mask.png'],
    );
    assert.deepEqual(
      rowsOf(await run('segment', 'a.png', 'a.jpg', 'a.png', '--json')).map(row => row.mask),
      ['a.png.mask.png', 'a.jpg.mask.png'],
    );
    await mkdir(at('other'));
    await square().png().toFile(at('other', 'a.png'));
    const clash = await run('segment', 'a.png', 'other/a.png', '-o', 'out');
    assert.equal(clash.status, 1);
    assert.match(clash.stderr, /^other\/a\.png: .*a\.png in out/m);
  });

  test('names with spaces, quotes and letters of any script', async () => {
    const name = process.platform === 'win32' ? "my phöto's 写真.png" : 'my "phöto\'s" 写真.png';
    await square().png().toFile(at(name));
    const result = await run('segment', '--json', name);
    assert.equal(result.status, 0, result.stderr);
    assert.equal(rowsOf(result)[0].mask, name.replace('.png', '.mask.png'));
    assert.ok((await readdir(folder)).includes(name.replace('.png', '.mask.png')));
  });

  test('never replaces what Labelless did not write', async () => {
    await square().png().toFile(at('a.png'));
    await square().png().toFile(at('a.mask.png'));
    const before = await readFile(at('a.mask.png'));
    const { status, stderr } = await run('segment', 'a.png');
    assert.equal(status, 1);
    assert.match(stderr, /^a\.png: a\.mask\.png exists and was not written by Labelless/m);
    assert.deepEqual(await readFile(at('a.mask.png')), before);
  });

  test('an output folder that cannot be made is told, once an image', async () => {
    await square().png().toFile(at('a.png'));
    await writeFile(at('file'), '');
    const { status, stderr } = await run('segment', 'a.png', '-o', 'file');
    assert.equal(status, 1);
    assert.match(stderr, /^a\.png: cannot write file: a file of that name is in the way$/m);
  });

  test('a disk that takes no more: the image fails by name, what was there stays, nothing is left half-written', async function () {
    if (process.platform === 'win32') this.skip(); // has no limit on a file's size
    await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toFile(at('a.png'));
    assert.equal((await run('segment', 'a.png')).status, 0);
    const before = await readFile(at('a.mask.png'));
    const { status, stderr } = await new Promise<Call>(resolve => {
      const limited = `ulimit -f 1; exec "$0" "$@"`; // a block or two of 512 bytes: less than the sidecar needs
      execFile(
        'sh',
        ['-c', limited, process.execPath, program, 'segment', 'a.png', '--seed', '2'],
        { cwd: folder },
        (error, stdout, errors) => {
          resolve({ status: Number(error?.code ?? 0), stdout, stderr: errors });
        },
      );
    });
    assert.equal(status, 1, stderr);
    assert.match(stderr, /^a\.png: cannot write a\.mask\.(png|json): /m);
    assert.deepEqual(await readFile(at('a.mask.png')), before);
    assert.deepEqual((await readdir(folder)).sort(), ['a.mask.json', 'a.mask.png', 'a.png']);
  });

  test('the same call gives the same bytes, of every format', async () => {
    await square(120, 90).png().toFile(at('a.png'));
    for (const out of ['1', '2'])
      assert.equal((await run('segment', 'a.png', '-o', out, '--format', outputFormats.join())).status, 0);
    const written = (await readdir(at('1'), { recursive: true, withFileTypes: true })).filter(entry => entry.isFile());
    const names = written
      .map(entry => path.relative(at('1'), path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .sort();
    assert.deepEqual(
      names.filter(name => !name.startsWith('a.mask.classes/')),
      [
        'a.coco.json',
        'a.json',
        'a.mask.json',
        'a.mask.npy',
        'a.mask.png',
        'a.overlay.png',
        'labelless.voc/ImageSets/Segmentation/trainval.txt',
        'labelless.voc/JPEGImages/a.jpg',
        'labelless.voc/SegmentationClass/a.png',
        'labelless.voc/SegmentationObject/a.png',
        'labelless.voc/labelmap.txt',
        'labelless.yolo/data.yaml',
        'labelless.yolo/labels/a.txt',
      ],
    );
    assert.ok(names.some(name => name.startsWith('a.mask.classes/')));
    for (const name of names) assert.deepEqual(await readFile(at('1', name)), await readFile(at('2', name)), name);
  });

  test("a picture of one pixel and one of a pixel's width", async () => {
    await square(1, 1).png().toFile(at('dot.png'));
    await square(1, 5000).png().toFile(at('line.png'));
    const result = await run('segment', '--json', 'dot.png', 'line.png');
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(
      rowsOf(result).map(({ width, height }) => [width, height]),
      [
        [1, 1],
        [1, 5000],
      ],
    );
  });

  test('without an image it segments the sample, into the current folder', async () => {
    const { status, stderr } = await run('segment');
    assert.equal(status, 0, stderr);
    assert.deepEqual((await readdir(folder)).sort(), ['sample.mask.json', 'sample.mask.png', 'sample.overlay.png']);
  });

  test('wrong calls end with status 2 and say what is wrong', async () => {
    const wrong: [string[], RegExp][] = [
      [['nonsense'], /no command nonsense/],
      [['adapt'], /adapt wants an experiment file/],
      [['adapt', 'a.json', '--resume', '--replace'], /not both/],
      [['figure', 'a.png'], /-o FILE\.png/],
      [['figure', 'a.png', '-o', 'f.png'], /--checkpoint DIR/],
      [['segment', 'a.png', '--method', 'adapted'], /--method adapted wants --checkpoint DIR/],
      [['segment', 'a.png', '--method', 'magic'], /--method magic/],
      [['segment', 'a.png', '--format', 'psd'], /--format psd/],
      [['segment', 'a.png', '--granularity', '1.5'], /granularity/],
      [['segment', 'a.png', '--regions', 'many'], /--regions many/],
      [['segment', 'a.png', '--regions', '3', '--granularity', '0.2'], /not both/],
      [['segment', 'a.png', '--backend', 'abacus'], /backend/],
      [['segment', 'a.png', '--seed', '-1'], /seed/],
      [['segment', 'a.png', '--set', 'no.such=1'], /no setting no\.such/],
      [['segment', '--wrong'], /--wrong/],
      [['segment', 'a.png', '--checkpoint', 'x', '--method', 'continuity'], /--checkpoint goes with --method adapted/],
      [['segment', 'a.png', '--scales', '1'], /--scales goes with --method adapted, not clustering/],
      [['segment', 'a.png', '--checkpoint', 'x', '--scales', '1,9'], /--scales 1,9: adaptation\.scales\.1: .*4/],
      [['segment', 'a.png', '--checkpoint', 'x', '--scales', 'big'], /--scales big: adaptation\.scales\.0: /],
      [['segment', 'a.png', '--checkpoint', 'x', '--mirror', 'yes'], /--mirror yes: adaptation\.mirror: /],
      [['serve'], /--stdio/],
      [['doctor', 'x'], /x/],
    ];
    const results = await Promise.all(wrong.map(([args]) => run(...args)));
    results.forEach(({ status, stderr, stdout }, i) => {
      assert.equal(status, 2, `${wrong[i][0].join(' ')}: ${stderr}`);
      assert.match(stderr, wrong[i][1]);
      assert.equal(stdout, '');
    });
  });

  test('Ctrl-C ends with status 130 and leaves nothing half-written', async function () {
    if (process.platform === 'win32') this.skip(); // a signal from another process cannot be handled there
    await square(400, 300).png().toFile(at('a.png'));
    const args = ['segment', 'missing.png', 'a.png', '--method', 'continuity'];
    const child = spawn(process.execPath, [program, ...args], { cwd: folder });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    await once(child.stderr, 'data'); // the first image has failed, the second one is in work
    setTimeout(() => child.kill('SIGINT'), 1000);
    const status = await new Promise<number | null>(resolve => child.on('exit', resolve));
    assert.equal(status, 130, stderr);
    assert.match(stderr, /interrupted/);
    assert.deepEqual(await readdir(folder), ['a.png']);
  });
});
