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
