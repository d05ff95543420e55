import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { otherMask } from '../../client/editor/compare';
import { byMethod } from '../../client/editor/otherMethod';
import { placeOf } from '../../client/files/places';
import { api, closeAll, edit, keepUnsaved, makePicture, maskOf, save, segment, until, untilDirty } from './support';

suite('comparing', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('with the picture, chosen from the command; it is no edit, and ends by command', async () => {
    const image = makePicture('compared.png');
    const document = await segment(image);
    await save(image);
    void vscode.commands.executeCommand('labelless.compareWith');
    const waiting = setInterval(() => { void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'); }, 200);
    try {
      await until('a comparison', () => document.comparison !== null);
    } finally {
      clearInterval(waiting);
    }
    assert.deepEqual(document.comparison, { kind: 'picture' });
    await untilDirty(image, false);
    await vscode.commands.executeCommand('labelless.stopComparing');
    assert.equal(document.comparison, null);
  });

  test('with the saved mask, which stays as it was when the document changes', async () => {
    const image = makePicture('before.png');
    const document = await segment(image);
    await save(image);
    const before = document.model!.labelMap();
    await edit(document, { kind: 'granularity', granularity: 1 });
    const other = await otherMask(document, document.place, 'saved');
    assert.ok(other.kind === 'mask');
    assert.deepEqual(other.ids.map(id => other.mask.labelOf[id]), before);
    assert.notDeepEqual(document.model!.labelMap(), before);
  });

  test('with a mask of another size is refused by name', async () => {
    const [image, larger] = [makePicture('small.png'), makePicture('larger.png', 160, 100)];
    await segment(larger);
    await save(larger);
    const document = await segment(image);
    await assert.rejects(otherMask(document, placeOf(maskOf(larger)), 'larger'), /larger\.mask\.png has 160×100 pixels and the mask of small\.png 120×90/);
  });

  test('with what another method makes of the picture, without touching the mask', async () => {
    const image = makePicture('methods.png');
    await vscode.workspace.getConfiguration('labelless').update('continuity.iterations', 3, vscode.ConfigurationTarget.Workspace);
    const document = await segment(image);
    await save(image);
    const { state } = document;
    const other = await byMethod(image, (await api()).server, { method: 'continuity' });
    assert.ok(other.kind === 'mask');
    assert.deepEqual([other.name, other.width, other.height, other.ids.length], ['continuity', 120, 90, 120 * 90]);
    assert.ok(other.mask.labels.length > 0);
    assert.equal(document.state, state);
    await untilDirty(image, false);
  });
});
