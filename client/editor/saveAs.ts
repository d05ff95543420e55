import * as vscode from 'vscode';
import { reportError } from '../report';
import type { MaskEditors } from './activate';
import type { MaskEditorProvider } from './provider';
import { isDirty } from './tabs';

/**
 * *Save Mask As*: VS Code's own *Save As* proposes the document's path, which is the image's and never to be written;
 * this one proposes the mask's.
 */
export function activateSaveAs(context: vscode.ExtensionContext, editors: MaskEditors, provider: MaskEditorProvider): void {
  const saveAs = async () => {
    const document = editors.active();
    if (!document) return;
    const destination = await vscode.window.showSaveDialog({
      defaultUri: document.place.mask, title: vscode.l10n.t('Save Mask As'), filters: { [vscode.l10n.t('Masks')]: ['png'] },
    });
    if (!destination) return;
    await provider.saveMaskAs(document, destination);
    // Its document is saved now: VS Code learns that by saving it at its new place.
    if (isDirty(document.uri)) await vscode.commands.executeCommand('workbench.action.files.save');
  };
  context.subscriptions.push(vscode.commands.registerCommand('labelless.saveMaskAs', () => saveAs().catch(reportError)));
}
