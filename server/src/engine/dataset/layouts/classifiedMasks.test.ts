import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { MaskDocument } from '../../../../../mask/document/maskDocument';
import type { SavedStatus } from '../../../../../mask/document/maskStatus';
import { encodeMask, stateFromLabels } from '../../../../../mask/files/maskFiles';
import { guessLayout } from '../proposal/guessLayout';
import { listPairs } from '.';
import { resolveClasses } from './classList';
import { labelless } from './classifiedMasks';

const limits = { megapixels: 1, fileSize: 1 };
const classFile = JSON.stringify({
  classes: [
    { id: 0, name: 'ground', colour: '#000000', background: true },
    { id: 7, name: 'road', colour: '#804080' },
    { id: 9, name: 'sky', colour: '#4682b4' },
  ],
});
const colour = '#ffffff';
/** Road is found by its name, sky by its id. */
const classes = resolveClasses([
  { name: 'Road', values: [100], colour },
  { name: 'heaven', values: [9], colour },
  { name: 'ground', values: [101], colour },
]);

suite('A folder labelled with Labelless', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  /** Saves an image and its mask of five pixels: background, road, sky, a label without a class, a class of no list. */
  async function save(name: string, status: SavedStatus): Promise<void> {
    await mkdir(path.dirname(at(name)), { recursive: true });
    await sharp({ create: { width: 5, height: 1, channels: 3, background: 'grey' } })
      .png()
      .toFile(at(name));
    const labels = Uint16Array.from([0, 1, 2, 3, 4]);
    const state = stateFromLabels({ width: 5, height: 1, labels, palette: null });
    const properties = new Map([
      [1, { class: 7, name: 'street' }],
      [2, { class: 9 }],
      [4, { class: 50, name: 'tree' }],
    ]);
    const { png, sidecar } = encodeMask(new MaskDocument({ ...state, properties, status }), {
      image: { name: path.basename(name), sha256: 'ab'.repeat(32) },
      version: '1',
      sha256: bytes => createHash('sha256').update(bytes).digest('hex'),
    });
    await writeFile(at(name.replace('.png', '.mask.png')), png);
    await writeFile(at(name.replace('.png', '.mask.json')), sidecar);
  }

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelled-'));
    await writeFile(at('labelless.classes.json'), classFile);
    await save('a.png', 'approved');
    await save('in/b.png', 'proposed');
  });
  teardown(() => rm(folder, { recursive: true }));

  test('gives its approved masks, or all', async () => {
    const list = async (masks?: 'approved' | 'all') => {
      const settings = { layout: 'labelless' as const, root: '.', ...(masks && { masks }) };
      return listPairs(settings, folder, 'source');
    };
    const approved = await list();
    assert.deepEqual(
      approved.pairs.map(({ image }) => image),
      [at('a.png')],
    );
    assert.deepEqual(approved.imagesWithoutLabels, [at('in/b.png')]);
    assert.equal((await list('all')).pairs.length, 2);
  });

  test('is read by the class of each label, by name or id, and 255 without one', async () => {
    const pair = { image: at('in/b.png'), label: { file: at('in/b.mask.png') } };
    const decoded = await labelless.decode(pair, classes, limits);
    assert.deepEqual([...decoded.classes], [2, 0, 1, 255, 255]);
    assert.deepEqual([...decoded.unknown], [['tree', 1]]);
    await rm(at('labelless.classes.json'));
    const saved = await labelless.decode(pair, classes, limits);
    assert.deepEqual([...saved.classes], [255, 255, 1, 255, 255]);
    assert.deepEqual([...saved.unknown.keys()], ['street', 'tree']);
  });

  test('is refused while its class file is broken, and without sidecars', async () => {
    const pair = { image: at('a.png'), label: { file: at('a.mask.png') } };
    await writeFile(at('labelless.classes.json'), '{');
    await assert.rejects(
      labelless.decode(pair, classes, limits),
      /a\.mask\.png: the class file .* cannot be used: it is no JSON/,
    );
    await rm(at('a.mask.json'));
    await assert.rejects(labelless.decode(pair, classes, limits), /a\.mask\.png: it has no sidecar/);
  });

  test('is what a new experiment proposes, with the classes of the file', async () => {
    const guess = await guessLayout(folder, limits, new AbortController().signal);
    assert.equal(guess?.layout, 'labelless');
    assert.deepEqual(guess.classes, [
      { name: 'ground', values: [0], colour: '#000000' },
      { name: 'road', values: [7], colour: '#804080' },
      { name: 'sky', values: [9], colour: '#4682b4' },
    ]);
  });
});
