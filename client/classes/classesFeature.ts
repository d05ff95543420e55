import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { reportError } from '../common/report';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { classMenuDataSchema } from '../../protocol/classMenu';
import { changeClassCommand, changeOneClass, takeBackCommand } from './changeClass';
import { ClassChanges } from './classChanges';
import { newClassList } from './newClassList';

/** The commands of the menu of a class in the mask editor, and the changes that they make. */
const classMenu = {
  renameClass: 'rename',
  recolourClass: 'recolour',
  makeBackground: 'background',
  mergeClass: 'merge',
  removeClass: 'remove',
} as const;

/** Activates the commands that write and change class files, and what the mask editor's pages ask about them. */
export function activateClasses(commands: CommandHandlers, server: Server, editors: MaskEditors): void {
  const changes = new ClassChanges(server, editors);
  commands.add('newClassList', folder =>
    newClassList(editors.active(), folder instanceof vscode.Uri ? folder : undefined, server),
  );
  commands.add('changeClass', named => changeClassCommand(named, changes));
  for (const [command, kind] of Object.entries(classMenu))
    commands.add(command, named => {
      const { file } = editors.active()?.classes ?? {};
      const data = classMenuDataSchema.safeParse(named).data;
      return file && data ? changeOneClass(kind, { file: file.file, id: data.labellessClass }, changes) : undefined;
    });
  commands.add('takeBackClassChange', named => takeBackCommand(named, changes));
  editors.provider.onRequest(({ type, document }) => {
    const { file } = document.classes;
    if (type === 'newClassList') void newClassList(document, undefined, server).catch(reportError);
    else if (type === 'openClassFile' && file)
      void vscode.window.showTextDocument(vscode.Uri.file(file.file)).then(undefined, reportError);
  });
}
