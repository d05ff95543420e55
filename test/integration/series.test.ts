import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { statusOf } from '../../mask/document/statusOf';
import { openMask } from '../../mask/files/maskFiles';
import { until } from '../support/until';
import { colourAt, picturePng } from '../support/workspace';
import { closeAll, documentOf, edit, editHandled, exists, keepUnsaved, maskOf, workspaceFolder } from './maskEditors';

const [width, height] = [160, 120];
/** Two discs move to the right from picture to picture: see `colourAt`. */
const seeds = [5, 6, 7, 8];
const classes = [
  { id: 1, name: 'sky', colour: '#4682b4' },
  { id: 2, name: 'ground', colour: '#228b22' },
  { id: 3, name: 'disc', colour: '#ff8800' },
];

/** The class of a pixel as the picture was drawn. */
function classAt(pixel: number, seed: number): number {
  const [red, , blue] = colourAt((pixel % width) / width, Math.floor(pixel / width) / height, seed);
  return blue === 220 ? 1 : red === 50 ? 2 : 3;
}

/** The share of the pixels of a mask that have another class than the picture shows. */
function wrongShare(mask: MaskDocument, seed: number): number {
  const classOf = new Map(mask.view().labels.map(label => [label.value, label.class]));
  const wrong = mask.labelMap().filter((value, pixel) => classOf.get(value) !== classAt(pixel, seed));
  return wrong.length / (width * height);
}

/** Gives each label of a mask the class that most of its pixels show. */
async function classifyAll(document: Awaited<ReturnType<typeof documentOf>>, seed: number): Promise<void> {
  const labels = document.model!.labelMap();
  for (const { value } of document.model!.view().labels) {
    const votes = [0, 0, 0, 0];
    labels.forEach((own, pixel) => {
      if (own === value) votes[classAt(pixel, seed)]++;
    });
    document.request({ kind: 'classify', values: [value], class: votes.indexOf(Math.max(...votes)) });
  }
  await edit(document, { kind: 'status', status: 'edited' });
}

suite('a series of images', () => {
  suiteSetup(keepUnsaved);
  teardown(async () => {
    await vscode.commands.executeCommand('labelless.closeSession');
    await closeAll();
  });

  test('takes the labels of the image before in one step, and propagates them as proposals', async () => {
    const folder = path.join(workspaceFolder(), 'series');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'labelless.classes.json'), JSON.stringify({ classes }));
    const images = seeds.map(seed => vscode.Uri.file(path.join(folder, `frame ${seed}.png`)));
    images.forEach((image, index) => {
      writeFileSync(image.fsPath, picturePng(width, height, seeds[index]));
    });
    await vscode.commands.executeCommand('labelless.labelFolder', vscode.Uri.file(folder));
    const first = await documentOf(images[0]);
    await until('the first mask', () => first.model !== null && first.segmentation === null);
    await classifyAll(first, seeds[0]);

    await vscode.commands.executeCommand('labelless.nextImage');
    const second = await documentOf(images[1]);
    await until('the second mask', () => second.model !== null && second.segmentation === null);
    const before = second.model!.labelMap();
    await vscode.commands.executeCommand('labelless.sameAsPrevious');
    assert.ok(wrongShare(second.model!, seeds[1]) < 0.03);
    assert.equal(statusOf(second.state!), 'proposed');
    const after = second.model!.labelMap();
    await editHandled();
    await vscode.commands.executeCommand('undo');
    await until(
      'the mask as it was',
      () => second.model?.view().labels.every(label => label.class === undefined) === true,
    );
    assert.deepEqual(second.model!.labelMap(), before);
    await vscode.commands.executeCommand('redo');
    await until(
      'the labels again',
      () => second.model?.view().labels.some(label => label.class !== undefined) === true,
    );
    assert.deepEqual(second.model!.labelMap(), after);

    await vscode.commands.executeCommand('labelless.propagate', 10);
    for (const [index, image] of images.entries()) {
      const mask = maskOf(image);
      assert.ok(exists(mask), mask.fsPath);
      const sidecar = readFileSync(mask.fsPath.replace(/png$/, 'json'));
      const { document } = openMask(readFileSync(mask.fsPath), sidecar);
      assert.ok(wrongShare(document, seeds[index]) < 0.04, mask.fsPath);
      assert.equal(statusOf(document.state), index === 0 ? 'edited' : 'proposed');
    }
  });
});
