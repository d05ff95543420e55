import * as vscode from 'vscode';
import type { ClassEntry } from '../../mask/classes/classListSchema';
import { ReadClassesRequest, type PublishedClasses } from '../../protocol/classMessages';
import { requireTrust } from '../common/trust';
import type { Server } from '../server/server';

/** The classes of a file of another program that the user chooses; undefined when the user chooses none. */
export async function classesOfFile(folder: vscode.Uri, server: Server): Promise<readonly ClassEntry[] | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('File to Take the Classes from'),
      defaultUri: folder,
      filters: { [vscode.l10n.t('Lists of classes')]: ['txt', 'yaml', 'yml', 'json'] },
    })) ?? [];
  return file && readClasses({ file: file.toString() }, server);
}

/** Has the server read a list of classes; what was changed in it is told to the user. */
export async function readClasses(
  source: { file: string } | { published: PublishedClasses },
  server: Server,
): Promise<readonly ClassEntry[] | undefined> {
  if (!(await requireTrust('classes'))) return undefined;
  const { classes, remarks } = await server.request(ReadClassesRequest, { source });
  if (remarks.length > 0) void vscode.window.showWarningMessage(remarks.join(' '));
  return classes;
}
