import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { changeClassCommand, takeBackCommand } from './changeClass';
import { ClassChanges } from './classChanges';
import { newClassList } from './newClassList';

/** Activates the commands that write and change class files, and what the mask editor's pages ask about them. */
export function activateClasses(commands: CommandHandlers, server: Server, editors: MaskEditors): void {
  const changes = new ClassChanges(server, editors);
  commands.add('newClassList', folder =>
    newClassList(editors.active(), folder instanceof vscode.Uri ? folder : undefined, server),
  );
  commands.add('changeClass', named => changeClassCommand(named, changes));
  commands.add('takeBackClassChange', named => takeBackCommand(named, changes));
  editors.provider.onRequest(({ type, document }) => {
    const { file } = document.classes;
    if (type === 'newClassList') void newClassList(document, undefined, server).catch(reportError);
    else if (type === 'openClassFile' && file)
      void vscode.window.showTextDocument(vscode.Uri.file(file.file)).then(undefined, reportError);
  });
}
