import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import * as vscode from 'vscode';
import { closeAll, edit, exists, keepUnsaved, makePicture, save, segment, siblingOf } from './maskEditors';

suite('figures', () => {
  suiteSetup(keepUnsaved);
  teardown(closeAll);

  test('of a selection show the masks as they are, in editors and on disk', async () => {
    const [shown, saved, bare] = [
      makePicture('figure-a.png'),
      makePicture('figure-b.png'),
      makePicture('figure-c.png'),
    ];
    await segment(saved);
    await save(saved);
    await closeAll();
    const document = await segment(shown);
    await edit(document, { kind: 'rename', value: 1, name: 'unsaved' });
    const output = siblingOf(shown, 'all.figure.png');
    const written = await vscode.commands.executeCommand('labelless.saveFigure', shown, [shown, saved, bare], output);
    assert.equal(written, output.fsPath);
    const { width, height } = decode(readFileSync(output.fsPath));
    assert.equal(width, 28 + 480 + 14 + 480 + 28);
    assert.ok(height > 2 * 360 && height < 3 * 360, `two rows, and the name below: ${height}`);
  });

  test('of images without masks are none', async () => {
    const image = makePicture('figure-none.png');
    const output = siblingOf(image, 'none.figure.png');
    assert.equal(await vscode.commands.executeCommand('labelless.saveFigure', image, [image], output), undefined);
    assert.equal(exists(output), false);
  });
});
