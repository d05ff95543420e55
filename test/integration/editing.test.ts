import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeAll,
  edit,
  keepUnsaved,
  labelsOn,
  makePicture,
  maskOf,
  open,
  save,
  segment,
  untilDirty,
} from './maskEditors';
import { until } from '../support/until';

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
