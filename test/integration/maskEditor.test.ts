import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { viewType } from '../../client/common/contributions';
import {
  closeAll,
  edit,
  exists,
  keepUnsaved,
  labelsOn,
  makePicture,
  maskOf,
  open,
  save,
  segment,
  siblingOf,
  tabsOf,
  untilDirty,
} from './maskEditors';
import { until } from '../support/until';

suite('the mask document', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('opening an image makes no mask, and saving none writes nothing', async () => {
    const image = makePicture('untouched.png');
    const document = await open(image);
    assert.equal(document.state, null);
    await untilDirty(image, false);
    await vscode.commands.executeCommand('workbench.action.files.save');
    assert.equal(exists(maskOf(image)), false);
  });

  test('a run is one step: dirty, undone, redone', async () => {
    const image = makePicture('undo.png');
    const document = await segment(image);
    await untilDirty(image, true);
    const labels = document.model!.labelMap();
    await vscode.commands.executeCommand('undo');
    await until('no mask', () => document.state === null);
    await untilDirty(image, false);
    await vscode.commands.executeCommand('redo');
    await until('the mask again', () => document.state !== null);
    assert.deepEqual(document.model!.labelMap(), labels);
  });

  test('saving writes the mask and its sidecar as shown, and leaves the image alone', async () => {
    const image = makePicture('saved.png');
    const before = readFileSync(image.fsPath);
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'sky' });
    await edit(document, { kind: 'recolour', value: 1, colour: '#123456' });
    await untilDirty(image, true);
    await save(image);
    assert.deepEqual(labelsOn(maskOf(image)), document.model!.labelMap());
    assert.deepEqual(readFileSync(image.fsPath), before);
    assert.ok(exists(siblingOf(image, 'saved.mask.json')));
    const view = document.model!.view();
    await closeAll();
    const again = await open(image);
    assert.deepEqual(again.model!.view(), view);
    assert.ok(again.state!.hierarchy, 'the slider is there');
    await untilDirty(image, false);
  });

  test('each edit is undone by itself', async () => {
    const image = makePicture('edits.png');
    const document = await segment(image);
    const start = document.model!.view();
    await edit(document, { kind: 'granularity', granularity: 0.9 });
    await edit(document, { kind: 'rename', value: 1, name: 'first' });
    await vscode.commands.executeCommand('undo');
    await until('the name undone', () => document.model!.view().labels[0].name !== 'first');
    assert.equal(document.model!.view().granularity, 0.9);
    await vscode.commands.executeCommand('undo');
    await until('the granularity undone', () => document.model!.view().granularity === start.granularity);
    assert.deepEqual(document.model!.view(), start);
  });

  test('edits that are not possible change nothing', async () => {
    const image = makePicture('impossible.png');
    const document = await segment(image);
    const { state } = document;
    assert.throws(() => {
      document.request({ kind: 'rename', value: 60000, name: 'none' });
    }, /60000/);
    assert.throws(() => {
      document.request({ kind: 'granularity', granularity: 2 });
    });
    assert.equal(document.state, state);
  });

  test('reverting goes back to the saved mask', async () => {
    const image = makePicture('revert.png');
    const document = await segment(image);
    await save(image);
    const saved = document.model!.view();
    await edit(document, { kind: 'granularity', granularity: 1 });
    await untilDirty(image, true);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await untilDirty(image, false);
    // VS Code does not wait for the reading
    await until('the saved mask', () => isDeepStrictEqual(document.model!.view(), saved));
  });

  test('two editors share one document', async () => {
    const image = makePicture('split.png');
    const document = await segment(image);
    await vscode.commands.executeCommand('vscode.openWith', image, viewType, vscode.ViewColumn.Beside);
    await until('two editors', () => tabsOf(image).length === 2);
    await edit(document, { kind: 'rename', value: 1, name: 'shared' });
    await untilDirty(image, true);
    await vscode.commands.executeCommand('undo');
    await until('undone for both', () => document.model!.view().labels[0].name !== 'shared');
  });

  test('locked labels stay when the image is segmented again', async () => {
    const image = makePicture('locked.png');
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'kept' });
    await edit(document, { kind: 'lock', values: [1], locked: true });
    const before = document.model!.labelMap();
    await segment(image);
    const kept = document.model!.view().labels.find(label => label.name === 'kept');
    assert.ok(kept);
    const after = document.model!.labelMap();
    assert.ok(before.every((label, pixel) => label !== 1 || after[pixel] === kept.value));
  });
});

suite('editing labels', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('a hundred strokes are undone one by one, and redone', async function () {
    this.timeout(120_000);
    const image = makePicture('strokes.png');
    const document = await segment(image);
    const maps = [document.model!.labelMap()];
    for (let stroke = 0; stroke < 100; stroke++) {
      document.request({
        kind: 'stroke',
        into: stroke % 3 === 0 ? 0 : 'new',
        size: 7,
        points: [(stroke * 17) % 120, (stroke * 29) % 90, (stroke * 31) % 120, (stroke * 13) % 90],
      });
      maps.push(document.model!.labelMap());
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    await untilDirty(image, true);
    for (let step = 99; step >= 0; step--) {
      const before = document.state;
      await vscode.commands.executeCommand('undo');
      await until(`step ${step}`, () => document.state !== before);
      assert.deepEqual(document.model!.labelMap(), maps[step], `after undoing to ${step}`);
    }
    const before = document.state;
    await vscode.commands.executeCommand('redo');
    await until('a stroke again', () => document.state !== before);
    assert.deepEqual(document.model!.labelMap(), maps[1]);
  });

  test('what was painted, merged and deleted is saved, and read as it was', async () => {
    const image = makePicture('painted.png');
    const document = await segment(image);
    await edit(document, { kind: 'granularity', granularity: 0.9 });
    await edit(document, { kind: 'stroke', into: 'new', size: 9, points: [10, 10, 100, 70] });
    const [first, second, third] = document.model!.view().labels.map(label => label.value);
    await edit(document, { kind: 'merge', values: [second], into: first });
    await edit(document, { kind: 'erase', values: [third - 1] });
    await edit(document, { kind: 'scribble', name: 'sky', colour: '#87ceeb', size: 5, points: [3, 3, 40, 3] });
    await save(image);
    assert.deepEqual(labelsOn(maskOf(image)), document.model!.labelMap());
    const view = document.model!.view();
    await closeAll();
    assert.deepEqual((await open(image)).model!.view(), view);
  });

  test('a mask begun by hand is segmented by its scribbles, whose labels it keeps; both are steps', async () => {
    const image = makePicture('scribbled.png');
    const document = await open(image);
    document.begin(120, 90);
    await untilDirty(image, true);
    await edit(document, { kind: 'scribble', name: 'above', colour: '#87ceeb', size: 5, points: [5, 8, 115, 8] });
    await edit(document, { kind: 'scribble', name: 'below', colour: '#444444', size: 5, points: [5, 82, 115, 82] });
    await vscode.commands.executeCommand('labelless.segmentScribbles');
    const map = document.model!.labelMap();
    const nameAt = (x: number, y: number) =>
      document.model!.view().labels.find(label => label.value === map[y * 120 + x])?.name;
    assert.deepEqual([nameAt(60, 8), nameAt(60, 82)], ['above', 'below']);
    assert.equal(document.state!.scribbles?.length, 2);
    assert.equal(document.state!.run?.method, 'scribbles');
    // until VS Code has heard of the step, for which it gives no sign
    await new Promise(resolve => setTimeout(resolve, 300));
    await vscode.commands.executeCommand('undo');
    await until('no labels', () => document.model!.view().labels.length === 0);
    assert.equal(document.state!.scribbles?.length, 2);
  });
});
