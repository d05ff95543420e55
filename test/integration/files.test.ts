import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { viewType } from '../../client/common/contributions';
import { locationAt } from '../../client/common/maskLocations';
import { loadMask } from '../../client/common/maskStorage';
import { toBackup } from '../../mask/files/maskFiles';
import { picturePng } from '../support/workspace';
import {
  api,
  closeAll,
  documentOf,
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
  workspaceFolder,
} from './maskEditors';
import { until } from '../support/until';

suite('files of masks', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test("save as refuses an image and takes a mask path, which is the mask's from then on", async () => {
    const { editors } = await api();
    const image = makePicture('as.png');
    const other = makePicture('other photo.png');
    const otherBytes = readFileSync(other.fsPath);
    const document = await segment(image);
    for (const destination of [image, other])
      await assert.rejects(
        editors.provider.saveMaskAs(document, destination),
        /will not be overwritten.*as\.mask\.png/,
      );
    await assert.rejects(editors.provider.saveMaskAs(document, siblingOf(image, 'as.jpg')), /A mask is a PNG file/);
    assert.deepEqual(readFileSync(other.fsPath), otherBytes);
    const chosen = siblingOf(image, 'chosen.png');
    await editors.provider.saveMaskAs(document, chosen);
    assert.deepEqual(labelsOn(chosen), document.model!.labelMap());
    assert.equal(document.location.mask.toString(), chosen.toString());
    await edit(document, { kind: 'granularity', granularity: 1 });
    await untilDirty(image, true);
    await save(image);
    assert.deepEqual(labelsOn(chosen), document.model!.labelMap());
    assert.equal(exists(maskOf(image)), false);
  });

  test('opening a mask opens its photo', async () => {
    const image = makePicture('photo.png');
    await segment(image);
    await save(image);
    await closeAll();
    await vscode.commands.executeCommand('vscode.openWith', maskOf(image), viewType);
    const document = await documentOf(image);
    assert.ok(document.state?.hierarchy);
    await until("the mask's own tab closed", () => tabsOf(maskOf(image)).length === 0 && tabsOf(image).length === 1);
  });

  test('a mask changed on disk is read again when nothing is unsaved', async () => {
    const image = makePicture('changed.png');
    const document = await segment(image);
    await save(image);
    const twin = makePicture('twin.png', 120, 90, 8);
    await segment(twin);
    await save(twin);
    await vscode.commands.executeCommand('vscode.openWith', image, viewType);
    copyFileSync(siblingOf(twin, 'twin.mask.json').fsPath, siblingOf(image, 'changed.mask.json').fsPath);
    copyFileSync(maskOf(twin).fsPath, maskOf(image).fsPath);
    const expected = labelsOn(maskOf(twin));
    await until('the new mask', () => document.model!.labelMap().every((label, pixel) => label === expected[pixel]));
    await untilDirty(image, false);
  });

  test('a mask changed on disk does not touch unsaved edits', async () => {
    const image = makePicture('asked.png');
    const document = await segment(image);
    await save(image);
    await edit(document, { kind: 'rename', value: 1, name: 'mine' });
    await untilDirty(image, true);
    writeFileSync(maskOf(image).fsPath, readFileSync(maskOf(image).fsPath).subarray(0, 60));
    await new Promise(resolve => setTimeout(resolve, 1500));
    assert.equal(document.model!.view().labels[0].name, 'mine');
  });

  test('a status that somebody else sets is taken over, and not overwritten by unsaved edits', async () => {
    const image = makePicture('shared.png');
    const document = await segment(image);
    await save(image);
    const sidecar = siblingOf(image, 'shared.mask.json').fsPath;
    const written = readFileSync(sidecar, 'utf8');
    const approved = written.replace('"status": "proposed"', '"status": "approved"');
    assert.notEqual(approved, written);
    writeFileSync(sidecar, approved);
    await until('the status of the other', () => document.state?.status === 'approved');
    await untilDirty(image, false);

    await edit(document, { kind: 'rename', value: 1, name: 'mine' });
    await untilDirty(image, true);
    writeFileSync(sidecar, written);
    await new Promise(resolve => setTimeout(resolve, 1500));
    assert.equal(document.model!.view().labels[0].name, 'mine');
    const { editors } = await api();
    const { showWarningMessage } = vscode.window;
    const asked: string[] = [];
    vscode.window.showWarningMessage = (message: string) => {
      asked.push(message);
      return Promise.resolve(undefined); // cancelled
    };
    try {
      await assert.rejects(editors.provider.saveCustomDocument(document), vscode.CancellationError);
    } finally {
      vscode.window.showWarningMessage = showWarningMessage;
    }
    assert.deepEqual(asked, ['shared.mask.png was changed by another program since it was read.']);
    assert.equal(readFileSync(sidecar, 'utf8'), written);
  });

  test('a mask that was read ahead is shown, unless it has changed since', async () => {
    const { editors } = await api();
    const [image, twin] = [makePicture('ahead.png'), makePicture('ahead twin.png', 120, 90, 8)];
    for (const one of [image, twin]) {
      await segment(one);
      await save(one);
    }
    await closeAll();
    await until('both are closed', () => editors.all().length === 0);
    await editors.readAhead([image, twin]);
    assert.deepEqual((await open(twin)).model!.labelMap(), labelsOn(maskOf(twin)));
    copyFileSync(siblingOf(twin, 'ahead twin.mask.json').fsPath, siblingOf(image, 'ahead.mask.json').fsPath);
    copyFileSync(maskOf(twin).fsPath, maskOf(image).fsPath);
    assert.deepEqual((await open(image)).model!.labelMap(), labelsOn(maskOf(twin)));
  });

  test('a mask without sidecar opens without the slider', async () => {
    const image = makePicture('plain.png');
    const source = makePicture('source.png');
    await segment(source);
    await save(source);
    copyFileSync(maskOf(source).fsPath, maskOf(image).fsPath);
    const document = await open(image);
    assert.equal(document.state?.hierarchy, null);
    assert.match(document.note ?? '', /plain\.mask\.png.*slider/);
    assert.deepEqual(document.model!.labelMap(), labelsOn(maskOf(image)));
  });

  test('masks go into the output folder of the settings, from the next run on', async () => {
    const image = makePicture('elsewhere.png');
    const settings = vscode.workspace.getConfiguration('labelless.output', image);
    await settings.update('folder', 'masks', vscode.ConfigurationTarget.Workspace);
    try {
      await segment(image);
      await save(image);
      assert.ok(exists(vscode.Uri.file(path.join(workspaceFolder(), 'masks', 'elsewhere.mask.png'))));
      assert.equal(exists(maskOf(image)), false);
    } finally {
      await settings.update('folder', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test('a failed save leaves the editor dirty and the old mask as it was', async function () {
    const folder = path.join(workspaceFolder(), 'sealed');
    mkdirSync(folder);
    const image = vscode.Uri.file(path.join(folder, 'sealed.png'));
    writeFileSync(image.fsPath, picturePng(60, 40, 3));
    await segment(image);
    mkdirSync(maskOf(image).fsPath); // a folder in the mask's place: not even root writes a file over it
    await vscode.commands.executeCommand('workbench.action.files.save').then(undefined, () => undefined);
    await untilDirty(image, true);
    chmodSync(folder, 0o700);
  });

  test('an image that is gone for a while is not taken for a changed one', async () => {
    const [known, unknown] = [makePicture('known.png'), makePicture('unknown.png')];
    const messagesOf = async (image: vscode.Uri) => (await loadMask(locationAt(maskOf(image)), image))?.messages;
    const bytes = readFileSync(known.fsPath);
    await segment(known);
    await save(known); // its hash is on disk
    for (const image of [known, unknown]) {
      const document = await segment(image);
      await edit(document, { kind: 'rename', value: 1, name: 'saved without the image' });
      rmSync(image.fsPath);
      await save(image);
      writeFileSync(image.fsPath, bytes);
      assert.deepEqual(await messagesOf(image), []);
    }
    writeFileSync(known.fsPath, picturePng(120, 90, 8));
    assert.match((await messagesOf(known))!.join(), /known\.png has changed since/);
  });

  test('a mask is saved that is not in the active editor, and no other', async () => {
    const [behind, active] = [makePicture('behind.png'), makePicture('active.png')];
    const document = await segment(behind);
    await segment(active);
    await untilDirty(active, true);
    await (await api()).editors.provider.save(document);
    await untilDirty(behind, false);
    assert.deepEqual(labelsOn(maskOf(behind)), document.model!.labelMap());
    assert.equal(exists(maskOf(active)), false);
    await untilDirty(active, true);
  });

  test('a mask is saved whose picture is open in VS Code’s own preview too', async () => {
    const image = makePicture('previewed.png');
    await vscode.commands.executeCommand('vscode.openWith', image, 'imagePreview.previewEditor', { preview: false });
    const document = await segment(image);
    await (await api()).editors.provider.save(document);
    assert.deepEqual(labelsOn(maskOf(image)), document.model!.labelMap());
  });

  test('a mask whose sidecar cannot be used is kept when another is saved over it', async () => {
    const image = makePicture('conflict.png');
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'sky' });
    await save(image);
    const sidecar = siblingOf(image, 'conflict.mask.json').fsPath;
    const damaged = readFileSync(sidecar, 'utf8').replace('{', '{\n<<<<<<< HEAD');
    const mask = readFileSync(maskOf(image).fsPath);
    const hash = document.diskHash;
    writeFileSync(sidecar, damaged);
    await until('the change is noticed', () => document.diskHash !== hash);
    await edit(document, { kind: 'rename', value: 1, name: 'tree' });
    await save(image);
    assert.equal(readFileSync(`${sidecar}.previous-1`, 'utf8'), damaged);
    assert.deepEqual(readFileSync(`${maskOf(image).fsPath}.previous-1`), mask);
    assert.deepEqual((await loadMask(locationAt(maskOf(image)), image))?.messages, []);
    await edit(document, { kind: 'rename', value: 1, name: 'house' });
    await save(image);
    assert.equal(exists(siblingOf(image, 'conflict.mask.json.previous-2')), false);
  });

  test('a backup holds the unsaved mask', async () => {
    const image = makePicture('backup.png');
    const document = await segment(image);
    await edit(document, { kind: 'rename', value: 1, name: 'unsaved' });
    const { fromBackup } = await import('../../mask/files/maskFiles');
    assert.deepEqual(fromBackup(toBackup(document.model!)).view(), document.model!.view());
  });
});
