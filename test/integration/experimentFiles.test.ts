import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { encode } from 'fast-png';
import { closeAll, makePicture, workspaceFolder } from './maskEditors';
import { until } from '../support/until';

suite('experiment files', () => {
  teardown(closeAll);

  const file = () => vscode.Uri.file(path.join(workspaceFolder(), 'street.adapt.json'));
  const codes = (uri: vscode.Uri) =>
    vscode.languages.getDiagnostics(uri).map(({ code, source }) => `${source} ${code as string}`);

  test('show problems, complete, explain and offer to train', async () => {
    writeFileSync(
      file().fsPath,
      '{\n  "source": { "layuot": "folders" },\n  "target": { "images": "batch" },\n  "classes": "camvid11"\n}\n',
    );
    const document = await vscode.workspace.openTextDocument(file());
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'labelless-adapt');
    await until('the problems, of our own and once', () => codes(file()).includes('labelless unknown-key'));
    assert.equal(codes(file()).filter(code => !code.startsWith('labelless')).length, 0);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      file(),
      new vscode.Position(2, 27),
    );
    assert.ok(items.some(({ label }) => label === 'batch'));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      file(),
      new vscode.Position(3, 6),
    );
    assert.match((hovers[0].contents[0] as vscode.MarkdownString).value, /built-in list/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file());
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [['▶ Train', 'labelless.trainExperiment']],
    );
  });

  test('are written for two folders', async () => {
    const labelled = path.join(workspaceFolder(), 'labelled');
    for (const name of ['images', 'labels']) mkdirSync(path.join(labelled, name), { recursive: true });
    makePicture('labelled/images/a.png', 40, 30);
    writeFileSync(
      path.join(labelled, 'labels/a.png'),
      encode({ width: 40, height: 30, channels: 1, data: Uint8Array.from({ length: 1200 }, (_, p) => p % 2) }),
    );
    const written = await vscode.commands.executeCommand<vscode.Uri>(
      'labelless.newExperiment',
      vscode.Uri.file(labelled),
      vscode.Uri.file(path.join(workspaceFolder(), 'batch')),
    );
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), written.toString());
    const { source, target } = JSON.parse(readFileSync(written.fsPath, 'utf8')) as Record<string, unknown>;
    assert.deepEqual(
      [path.basename(written.fsPath), source, target],
      ['labelled.adapt.json', { layout: 'folders', root: 'labelled' }, { images: 'batch' }],
    );
    assert.deepEqual(codes(written), []);
  });
});
