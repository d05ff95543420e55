import * as vscode from 'vscode';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { Server } from './server';

/** *Restart Server* and *Show Log*. */
export function serverCommands(server: Server) {
  const restart = async () => {
    if (!(await requireTrust('server'))) return;
    await vscode.window
      .withProgress(
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Labelless: restarting the server') },
        () => server.restart(),
      )
      .then(undefined, reportError);
  };
  return {
    restartServer: restart,
    showLog: () => {
      server.log.show();
    },
  };
}
