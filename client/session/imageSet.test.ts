import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ClassList } from '../../mask/classes/classList';
import { formatClassFile } from '../../mask/files/classFile';
import { wholeList } from '../../mask/session/imageList';
import { ClassFiles } from '../common/classFiles';
import type { ImageLister } from './imageLister';
import { ImageSet } from './imageSet';
import { changeOfSet } from './listMessages';

suite('The images of a folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'image-set-'));
  const file = path.join(folder, 'labelless.classes.json');
  const road = { id: 1, name: 'road', colour: '#804080' };
  const sky = { id: 2, name: 'sky', colour: '#4080c0' };
  const write = (...classes: (typeof road)[]) => {
    writeFileSync(file, formatClassFile(new ClassList(classes)));
  };
  const classFiles = new ClassFiles();
  const unlabelled = { status: 'none' as const, labels: 0, classes: [], uncertainty: null, stamp: '' };
  suiteTeardown(() => {
    classFiles.dispose();
    rmSync(folder, { recursive: true });
  });

  test('follow the class file at every look, and are filtered by no class that is gone', async () => {
    write(road, sky);
    const lister: ImageLister = { list: () => Promise.resolve([]) };
    const set = new ImageSet(vscode.Uri.file(folder), { ...wholeList, class: 2 }, lister, classFiles);
    await set.load();
    assert.deepEqual([set.classes, set.view.class], [[road, sky], 2]);

    const messages: unknown[] = [];
    set.onChange(change => messages.push(changeOfSet(set, change, undefined)));
    const lane = { ...road, name: 'lane' };
    write(lane, sky);
    await classFiles.look(set.folder);
    assert.deepEqual(messages, [{ type: 'classes', classes: [lane, sky] }]);

    writeFileSync(file, '');
    await classFiles.look(set.folder);
    assert.deepEqual([set.classes, set.view.class], [[lane, sky], 2]);

    write(lane);
    await set.load();
    assert.deepEqual([set.classes, set.view.class], [[lane], null]);
    set.dispose();
  });

  test('take in others, which are told and listed anew with the first', async () => {
    const asked: (readonly string[] | undefined)[] = [];
    const lister: ImageLister = {
      list: (_, only, onPart) => {
        asked.push(only);
        onPart((only ?? []).map(name => ({ ...unlabelled, path: name })));
        return Promise.resolve([]);
      },
    };
    const set = new ImageSet(vscode.Uri.file(folder), wholeList, lister, classFiles, ['b.png']);
    const messages: unknown[] = [];
    set.onChange(change => messages.push(changeOfSet(set, change, undefined)));
    await Promise.all([set.load(), set.extend(['c.png', 'a.png'])]);
    assert.deepEqual(messages.at(-1), {
      type: 'more',
      images: ['c.png', 'a.png'].map(name => ({ ...unlabelled, path: name })),
      reading: false,
    });
    assert.deepEqual(
      set.images?.map(image => image.path),
      ['a.png', 'b.png', 'c.png'],
    );
    await set.load();
    assert.deepEqual(asked, [['b.png'], ['c.png', 'a.png'], ['b.png', 'c.png', 'a.png']]);
    set.dispose();
  });
});
