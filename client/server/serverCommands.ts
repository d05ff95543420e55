import * as vscode from 'vscode';
import type { CommandHandlers } from '../common/commands';
import { requireTrust } from '../common/trust';
import { Server } from './server';

/** Activates the segmentation server, which starts when it is first needed, and its commands. */
export function activateServer(context: vscode.ExtensionContext, commands: CommandHandlers): Server {
  const log = vscode.window.createOutputChannel('Labelless', { log: true });
  const server = new Server(context.asAbsolutePath('dist/server.js'), log);
  context.subscriptions.push(log, server);
  commands.add('restartServer', () => restart(server));
  commands.add('showLog', () => {
    log.show();
  });
  return server;
}

async function restart(server: Server): Promise<void> {
  if (!(await requireTrust('server'))) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Labelless: restarting the server') },
    () => server.restart(),
  );
}
