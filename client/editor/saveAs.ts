import * as vscode from 'vscode';
import { reportError } from '../report';
import type { MaskEditors } from './maskEditor';
import { isDirty } from './tabs';

/**
 * *Save Mask As*: VS Code's own *Save As* proposes the document's path, which is the image's and never to be written;
 * this one proposes the mask's.
 */
export function saveAsCommand(editors: MaskEditors) {
  const saveAs = async () => {
    const document = editors.active();
    if (!document) return;
    const destination = await vscode.window.showSaveDialog({
      defaultUri: document.place.mask,
      title: vscode.l10n.t('Save Mask As'),
      filters: { [vscode.l10n.t('Masks')]: ['png'] },
    });
    if (!destination) return;
    await editors.saveMaskAs(document, destination);
    // Its document is saved now: VS Code learns that by saving it at its new place.
    if (isDirty(document.uri)) await vscode.commands.executeCommand('workbench.action.files.save');
  };
  return { saveMaskAs: () => saveAs().catch(reportError) };
}
