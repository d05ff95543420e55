import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { encodeMask, openMask } from '../../../../mask/files/maskFiles';
import type { SegmentedImage } from './segmentFile';
import { writeSegmentation } from './writeSegmentation';
import { unchangedCheck } from '../../../../files/unchanged';
import { siblingNames, writeDocument } from '../formats/writeDocument';
import { setGranularity, setProperties } from '../../../../mask/testing/randomMasks';

/** A picture of two halves, grey and white, segmented into its four columns: two of them each at granularity 0.5. */
const columns: SegmentedImage = {
  image: {
    file: '/photos/a.jpg',
    sha256: 'ab'.repeat(32),
    notes: [],
    header: { kind: 'jpeg', width: 4, height: 2, channels: 3, depth: 8, pages: 1, size: 1 },
    picture: { width: 4, height: 2, rgb: Uint8Array.from({ length: 24 }, (_, i) => (i % 12 < 6 ? 100 : 255)) },
  },
  segmentation: {
    regions: { width: 4, height: 2, count: 4, ids: Uint16Array.of(0, 1, 2, 3, 0, 1, 2, 3) },
    hierarchy: {
      count: 4,
      left: Uint32Array.of(0, 2, 4),
      right: Uint32Array.of(1, 3, 5),
      levels: Float32Array.of(0.9, 0.8, 0.3),
    },
    iterations: 3,
    stopped: false,
  },
  summary: {
    method: 'clustering',
    parameters: { channels: 8 },
    seed: 1,
    backend: 'cpu',
    granularity: 0.5,
    iterations: 3,
    seconds: 0.1,
    stopped: false,
  },
};

suite('Writing outputs', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const write = (formats: ('mask' | 'overlay' | 'npy')[], siblings: string[] = []) =>
    writeSegmentation(columns, { folder, formats, siblings });
  const open = async () => openMask(await readFile(at('a.mask.png')), await readFile(at('a.mask.json'), 'utf8'));

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless write-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test("a mask and its sidecar, cut at the run's granularity", async () => {
    const written = await write(['mask']);
    assert.deepEqual(written, {
      files: { mask: at('a.mask.png'), sidecar: at('a.mask.json') },
      regions: 2,
      lost: [],
      generated: [],
      notes: [],
    });
    const { document, messages, image } = await open();
    assert.deepEqual(messages, []);
    assert.deepEqual(image, { name: 'a.jpg', sha256: columns.image.sha256 });
    assert.deepEqual([...document.labelMap()], [1, 1, 2, 2, 1, 1, 2, 2]);
    const sidecar = JSON.parse(await readFile(at('a.mask.json'), 'utf8')) as { mask: { sha256: string } };
    assert.equal(
      sidecar.mask.sha256,
      createHash('sha256')
        .update(await readFile(at('a.mask.png')))
        .digest('hex'),
    );
  });

  test('every format, into a folder that is not there yet, named by the siblings, nothing else left', async () => {
    const inner = at('new/inner');
    await writeSegmentation(columns, { folder: inner, formats: ['mask', 'overlay', 'npy'], siblings: ['a.png'] });
    assert.deepEqual((await readdir(inner)).sort(), [
      'a.jpg.mask.json',
      'a.jpg.mask.npy',
      'a.jpg.mask.png',
      'a.jpg.overlay.png',
    ]);
  });

  test("the overlay mixes the labels' colours into the picture, with white outlines between labels", async () => {
    await write(['mask', 'overlay']);
    const labels = (await open()).document.view().labels;
    const { data, info } = await sharp(at('a.overlay.png')).raw().toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height, info.channels], [4, 2, 3]);
    const half = (colour: string, grey: number) =>
      [1, 3, 5].map(i => Math.round((parseInt(colour.slice(i, i + 2), 16) + grey) / 2));
    assert.deepEqual([...data.subarray(0, 3)], half(labels[0].colour, 100));
    assert.deepEqual([...data.subarray(3, 6)], [255, 255, 255]);
    assert.deepEqual([...data.subarray(6, 9)], half(labels[1].colour, 255));
  });

  test('writes again over its own outputs', async () => {
    await write(['mask', 'overlay', 'npy']);
    await write(['mask', 'overlay', 'npy']);
    assert.equal((await readdir(folder)).length, 4);
  });

  test('leaves alone what has the name of an output but is none, and then writes nothing at all', async () => {
    const strangers = {
      'a.mask.png': await sharp(columns.image.picture.rgb, { raw: { width: 4, height: 2, channels: 3 } })
        .greyscale()
        .toColourspace('b-w')
        .png()
        .toBuffer(),
      'a.mask.json': '{"mine": true}',
      'a.mask.npy': 'text',
      'a.overlay.png': await sharp(columns.image.picture.rgb, { raw: { width: 4, height: 2, channels: 3 } })
        .png()
        .toBuffer(),
    };
    for (const [name, content] of Object.entries(strangers)) {
      await writeFile(at(name), content);
      await assert.rejects(write(['mask', 'overlay', 'npy']), (error: Error) =>
        error.message.includes(`${name} exists and was not written by Labelless`),
      );
      assert.deepEqual(await readdir(folder), [name]);
      await rm(at(name));
    }
  });

  test('an empty file, as a full disk leaves it, is replaced', async () => {
    await writeFile(at('a.mask.png'), '');
    await write(['mask']);
    assert.equal((await open()).document.width, 4);
  });

  /** Writes a mask whose third column is named and locked, and its sidecar with a change. */
  const writeLocked = async (change: (sidecar: string) => string = text => text) => {
    await write(['mask']);
    const { document } = await open();
    setGranularity(document, 1);
    setProperties(document, document.representativeOf(3), { name: 'Third', locked: true });
    const { png, sidecar } = encodeMask(document, {
      image: { name: 'a.jpg', sha256: columns.image.sha256 },
      version: '1',
      sha256: () => '0'.repeat(64),
    });
    await writeFile(at('a.mask.png'), png);
    await writeFile(at('a.mask.json'), change(sidecar));
    return { png, sidecar: change(sidecar) };
  };
  const conflict = (text: string) => text.replace(/^ "granularity.*$/m, '<<<<<<< HEAD\n$&\n=======\n$&\n>>>>>>> other');

  for (const [what, change] of [
    ['keeps the labels that a user locked', (text: string) => text],
    ['keeps them where an editor put a byte-order mark before the sidecar', (text: string) => `\uFEFF${text}`],
    ['keeps them where somebody formatted the sidecar with comments', (text: string) => `// mine\n${text}`],
  ] as const)
    test(what, async () => {
      await writeLocked(change);
      const written = await write(['mask']);
      assert.deepEqual([written.regions, written.notes], [3, []]);
      const again = (await open()).document;
      const locked = again.view().labels.find(label => label.locked);
      assert.equal(locked?.name, 'Third');
      assert.deepEqual(
        [...again.labelMap()].map(value => value === locked?.value),
        [false, false, true, false, false, false, true, false],
      );
    });

  for (const [what, change, reason] of [
    [
      'has the marks of a merge conflict',
      conflict,
      /its sidecar cannot be used: it has the marks of a merge conflict in line/,
    ],
    ['is of a newer version', (text: string) => text.replace('"version": 1', '"version": 2'), /of version 2/],
    ['is cut off', (text: string) => text.slice(0, 200), /its sidecar cannot be used: it is no JSON/],
    ['is empty', () => '', /its sidecar cannot be used/],
    ['belongs to another picture', (text: string) => text.replace('ab'.repeat(32), 'cd'.repeat(32)), /another picture/],
  ] as const)
    test(`keeps a mask beside the new one whose sidecar ${what}`, async () => {
      const before = await writeLocked(change);
      const { regions, notes } = await write(['mask']);
      assert.equal(regions, 2, 'no label is taken over');
      assert.equal(notes.length, 1);
      assert.match(notes[0], reason);
      assert.match(notes[0], /kept as a\.mask\.png\.previous-1 and a\.mask\.json\.previous-1: /);
      assert.deepEqual(new Uint8Array(await readFile(at('a.mask.png.previous-1'))), before.png);
      assert.equal(await readFile(at('a.mask.json.previous-1'), 'utf8'), before.sidecar);
      assert.deepEqual((await open()).messages, []);
      assert.deepEqual((await write(['mask'])).notes, [], 'the new one is sound');
      assert.equal((await readdir(folder)).length, 4);
    });

  test('keeps each such mask under a name of its own', async () => {
    for (const number of [1, 2, 3]) {
      await writeLocked(conflict);
      const { notes } = await write(['mask']);
      assert.ok(notes[0].includes(`a.mask.png.previous-${number}`));
    }
    assert.equal((await readdir(folder)).length, 8);
  });

  test('keeps a mask without its sidecar, and a sidecar without its mask', async () => {
    for (const gone of ['a.mask.json', 'a.mask.png']) {
      await writeLocked();
      await rm(at(gone));
      assert.match((await write(['mask'])).notes[0], /the earlier mask is kept as/);
    }
    assert.deepEqual((await readdir(folder)).sort(), [
      'a.mask.json',
      'a.mask.json.previous-1',
      'a.mask.png',
      'a.mask.png.previous-1',
    ]);
  });

  test('a mask of another picture that nobody changed by hand is replaced', async () => {
    await write(['mask']);
    const text = await readFile(at('a.mask.json'), 'utf8');
    await writeFile(at('a.mask.json'), text.replace('ab'.repeat(32), 'cd'.repeat(32)));
    assert.deepEqual((await write(['mask'])).notes, []);
    assert.deepEqual((await readdir(folder)).sort(), ['a.mask.json', 'a.mask.png']);
  });

  test('keeps a mask beside the new one that a person edited or approved, and no proposal', async () => {
    await write(['mask']);
    assert.deepEqual((await write(['mask'])).notes, []);
    const edited = (await open()).document;
    setProperties(edited, 1, { name: 'left' });
    for (const [status, why] of [
      ['edited', 'edited by hand'],
      ['approved', 'approved'],
    ] as const) {
      edited.take({ ...edited.state, status });
      await writeDocument(columns.image, edited, { folder, formats: ['mask'], siblings: [] });
      const { notes } = await write(['mask']);
      assert.match(notes.join(), new RegExp(`^the earlier mask is kept as .*previous-\\d+: it was ${why}$`));
      assert.equal((await open()).document.state.status, 'proposed');
    }
  });

  test('leaves a mask that another program changed while the image was segmented, or that became another status', async () => {
    await write(['mask']);
    const options = { folder, formats: ['mask'], siblings: [] } as const;
    const mayReplace = (status: string) => status === 'none';
    await assert.rejects(writeSegmentation(columns, { ...options, mayReplace }), /has become proposed meanwhile/);
    const before = await readFile(at('a.mask.json'));
    await assert.rejects(
      writeDocument(columns.image, (await open()).document, {
        ...options,
        check: unchangedCheck(new Map([[at('a.mask.png'), Buffer.from('other')]]), 1e6),
      }),
      /a\.mask\.png was changed by another program meanwhile/,
    );
    assert.deepEqual(await readFile(at('a.mask.json')), before);
  });

  test('says that no labels are taken from such a mask where it is not replaced', async () => {
    await writeLocked(conflict);
    const { notes } = await write(['overlay']);
    assert.match(notes[0], /^no labels are taken from a\.mask\.png: its sidecar cannot be used/);
    assert.deepEqual((await readdir(folder)).sort(), ['a.mask.json', 'a.mask.png', 'a.overlay.png']);
  });

  test('keeps nothing where nothing could be written', async () => {
    await writeLocked(conflict);
    await writeFile(at('a.overlay.png'), 'of somebody else');
    await assert.rejects(write(['mask', 'overlay']), /was not written by Labelless/);
    assert.deepEqual((await readdir(folder)).sort(), ['a.mask.json', 'a.mask.png', 'a.overlay.png']);
  });

  test("knows the names that decide about an output's name", async () => {
    await writeFile(at('a.png'), '');
    assert.deepEqual(await siblingNames(at('a.jpg'), ['/elsewhere/b.png']), ['a.png', 'b.png']);
  });
});
