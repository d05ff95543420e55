import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { api } from './maskEditors';

suite('activation', () => {
  test('the extension is there and starts', async () => {
    const extension = vscode.extensions.getExtension('labelless.labelless');
    assert.ok(extension);
    await extension.activate();
    assert.ok(extension.isActive);
  });

  test('every contributed command is registered, and a feature handles it', async () => {
    const manifest = vscode.extensions.getExtension('labelless.labelless')!.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const { commands } = manifest.contributes;
    const contributed = commands.map(({ command }) => command).sort();
    const registered = new Set(await vscode.commands.getCommands());
    assert.deepEqual(
      contributed.filter(command => !registered.has(command)),
      [],
    );
    const { names } = (await api()).commands;
    assert.deepEqual(names.map(name => `labelless.${name}`).sort(), contributed);
  });
});
