import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import { newClassList } from './newClassList';

/** Activates the command that writes class files, and what the mask editor's pages ask about them. */
export function activateClasses(commands: CommandHandlers, editors: MaskEditors): void {
  commands.add('newClassList', folder =>
    newClassList(editors.active(), folder instanceof vscode.Uri ? folder : undefined),
  );
  editors.provider.onRequest(({ type, document }) => {
    const { file } = document.classes;
    if (type === 'newClassList') void newClassList(document, undefined).catch(reportError);
    else if (type === 'openClassFile' && file)
      void vscode.window.showTextDocument(vscode.Uri.file(file.file)).then(undefined, reportError);
  });
}
