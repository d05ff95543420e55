import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeMaskPng } from '../../../../mask/files/indexedPng';
import { openMask } from '../../../../mask/files/maskFiles';
import { changeClass, type FolderClassChange } from './changeClass';
import { lastChangeIn } from './lastChange';
import { classesText, writeClassedMask } from './testing/classedFolder';

suite('Changing a class in all masks of a folder', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const change = (wanted: FolderClassChange, dryRun = false, maskFolder?: string) =>
    changeClass(folder, wanted, {
      maskFolder: relative => maskFolder ?? path.join(folder, path.dirname(relative)),
      maxPixels: 1e6,
      dryRun,
    });
  const takeBack = (exceptChanged = false) => change({ kind: 'takeBack', exceptChanged });
  /** The labels of a mask as its files say: class, name and colour. */
  const labels = (stem: string) => {
    const { document, ignored } = openMask(readFileSync(at(`${stem}.mask.png`)), readFileSync(at(`${stem}.mask.json`)));
    assert.equal(ignored, undefined);
    return document.view().labels.map(label => [label.class, label.name, label.colour]);
  };
  const names = ['a', 'b', 'deep/c'];
  const contents = () =>
    ['labelless.classes.json', ...names.flatMap(name => [`${name}.mask.png`, `${name}.mask.json`])].map(file =>
      readFileSync(at(file)),
    );

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless change-'));
    writeFileSync(at('labelless.classes.json'), classesText);
    writeClassedMask(at('a.png'), [1, 4]);
    writeClassedMask(at('b.png'), [4, 4], { values: 'classes' });
    mkdirSync(at('deep'));
    writeClassedMask(at('deep/c.png'), [undefined, 4]);
    mkdirSync(at('own'));
    writeFileSync(at('own/labelless.classes.json'), classesText);
    writeClassedMask(at('own/d.png'), [4, 1]);
    writeClassedMask(at('gone.png'), [4, 1]);
    rmSync(at('gone.png'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('renames and recolours it, and leaves the status and folders with a list of their own as they are', async () => {
    const other = readFileSync(at('own/d.mask.json'));
    const renamed = await change({ kind: 'rename', id: 4, name: 'vehicle' });
    assert.deepEqual(renamed, {
      file: at('labelless.classes.json'),
      summary: { kind: 'rename', name: 'car', to: 'vehicle', takenBack: false },
      done: true,
      masks: ['a.mask.png', 'b.mask.png', 'deep/c.mask.png', 'gone.mask.png'],
      labels: 5,
      obstacles: [],
    });
    await change({ kind: 'recolour', id: 4, colour: '#123456' });
    assert.deepEqual(labels('a'), [
      [1, 'road', '#804080'],
      [4, 'vehicle', '#123456'],
    ]);
    assert.equal(decodeMaskPng(readFileSync(at('a.mask.png'))).palette?.[2], '#123456');
    assert.equal(decodeMaskPng(readFileSync(at('b.mask.png'))).palette?.[4], '#123456');
    assert.match(readFileSync(at('a.mask.json'), 'utf8'), /"status": "approved"/);
    assert.match(readFileSync(at('labelless.classes.json'), 'utf8'), /"vehicle", "colour": "#123456"/);
    assert.deepEqual(readFileSync(at('own/d.mask.json')), other);
  });

  test('merges it into another, or removes it, also where pixels are class ids', async () => {
    await change({ kind: 'merge', id: 4, into: 1 });
    assert.deepEqual(labels('b'), [
      [1, 'road', '#804080'],
      [1, 'road', '#804080'],
    ]);
    assert.deepEqual([...decodeMaskPng(readFileSync(at('b.mask.png'))).labels].slice(0, 4), [1, 1, 1, 1]);
    assert.match(readFileSync(at('a.mask.json'), 'utf8'), /"classes": \[\s+1\s+\]/);
    await change({ kind: 'remove', id: 1 });
    assert.deepEqual(
      labels('a').map(([id, name]) => [id, name]),
      [
        [undefined, 'Region 1'],
        [undefined, 'Region 2'],
      ],
    );
    assert.deepEqual([...decodeMaskPng(readFileSync(at('b.mask.png'))).labels].slice(0, 4), [255, 255, 255, 255]);
  });

  test('makes it the background, which changes masks whose pixels are class ids alone', async () => {
    writeClassedMask(at('b.png'), [4, 0], { values: 'classes' });
    const before = contents();
    const { masks } = await change({ kind: 'background', id: 1 });
    assert.deepEqual(masks, ['b.mask.png']);
    assert.match(readFileSync(at('labelless.classes.json'), 'utf8'), /"name": "road".*"background": ?true/);
    assert.match(readFileSync(at('b.mask.json'), 'utf8'), /"classValues": \{\s+"background": 1/);
    await takeBack();
    assert.deepEqual(contents(), before);
  });

  test('takes the last change back to the byte, and does it again', async () => {
    const before = contents();
    await change({ kind: 'merge', id: 4, into: 1 });
    const merged = contents();
    assert.deepEqual((await takeBack()).summary, { kind: 'merge', name: 'car', to: 'road', takenBack: true });
    assert.deepEqual(contents(), before);
    assert.equal((await takeBack()).summary.takenBack, false);
    assert.deepEqual(contents(), merged);
    await takeBack();
    await change({ kind: 'remove', id: 4 });
    await takeBack();
    assert.deepEqual(contents(), before);
  });

  test('refuses to take it back for masks whose labels were changed since, unless they may stay', async () => {
    const before = contents();
    await change({ kind: 'merge', id: 4, into: 1 });
    writeClassedMask(at('a.png'), [1, 1, 1]);
    const refused = await takeBack();
    assert.deepEqual(refused.obstacles, [{ path: 'a.mask.png', reason: 'its labels were changed since' }]);
    assert.equal(refused.done, false);
    const others = await takeBack(true);
    assert.deepEqual([others.done, others.masks.length, others.obstacles.length], [true, 3, 1]);
    assert.deepEqual(contents().slice(3), before.slice(3));
    writeFileSync(at('labelless.classes.json'), classesText.replace('car', 'truck'));
    await assert.rejects(takeBack(), /it was changed since; the last change of a class cannot be taken back/);
    rmSync(lastChangeIn(folder));
    await assert.rejects(takeBack(), /no change of a class is known that could be taken back/);
  });

  test('names masks that cannot be read, and changes nothing', async () => {
    writeFileSync(at('a.mask.json'), '{"version": 7}');
    writeFileSync(at('deep/c.mask.png'), 'no picture');
    const before = contents();
    const { done, obstacles } = await change({ kind: 'remove', id: 4 });
    assert.equal(done, false);
    assert.deepEqual(
      obstacles.map(({ path: mask, reason }) => `${mask}: ${reason}`),
      [
        'a.mask.png: its sidecar cannot be used: it is of version 7, which this Labelless does not know yet',
        'deep/c.mask.png: This is not a PNG file.',
      ],
    );
    assert.deepEqual(contents(), before);
    writeFileSync(at('labelless.classes.json'), '{ "classes": [ { "id": 4 } ] }');
    await assert.rejects(change({ kind: 'remove', id: 4 }), /labelless\.classes\.json: classes\[0\]\.name.*correct it/);
  });

  test('tells what it would change without changing it, and finds masks in a folder of their own', async () => {
    const masks = at('masks');
    mkdirSync(masks);
    writeClassedMask(at('a.png'), [4, 4], { folder: masks });
    const before = contents();
    const told = await change({ kind: 'remove', id: 4 }, true, masks);
    assert.deepEqual([told.done, told.masks, told.labels], [false, ['masks/a.mask.png'], 2]);
    assert.deepEqual(contents(), before);
    await change({ kind: 'remove', id: 4 }, false, masks);
    assert.doesNotMatch(readFileSync(path.join(masks, 'a.mask.json'), 'utf8'), /"class": 4/);
  });
});
