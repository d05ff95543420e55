import * as vscode from 'vscode';
import type { BackendReport, ServerStatus } from '../../protocol/server';
import type { Server } from '../server/server';

const scheme = 'labelless-status';
const uri = vscode.Uri.from({ scheme, path: '/Labelless Server Status.md' });

function stateText(state: BackendReport['state']): string {
  switch (state) {
    case 'works':
      return vscode.l10n.t('works');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'missing':
      return vscode.l10n.t('missing');
    case 'untried':
      return vscode.l10n.t('not tried');
  }
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

function row({ name, state, milliseconds, detail }: BackendReport): string {
  return `| ${name} | ${stateText(state)} | ${milliseconds === undefined ? '' : `${milliseconds.toFixed(1)} ms`} | ${cell(detail ?? '')} |`;
}

function report(status: ServerStatus): string {
  return [
    `# ${vscode.l10n.t('Labelless Server Status')}`,
    '',
    vscode.l10n.t(
      'Version {0}. Back end in use: {1}. {2} running, {3} waiting.',
      status.version,
      status.backend ?? vscode.l10n.t('none yet'),
      status.running,
      status.waiting,
    ),
    '',
    `| ${vscode.l10n.t('Back end')} | ${vscode.l10n.t('State')} | ${vscode.l10n.t('Training step')} | ${vscode.l10n.t('Detail')} |`,
    '| --- | --- | --- | --- |',
    ...status.backends.map(row),
    '',
  ].join('\n');
}

/** *Show Server Status*: tries every back end and shows the outcome as a read-only page. */
export function statusCommands(context: vscode.ExtensionContext, server: Server) {
  let text = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const show = async () => {
    const title = vscode.l10n.t('Labelless: trying the back ends of this machine');
    try {
      text = report(
        await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
          server.status(true),
        ),
      );
    } catch (error) {
      const restart = vscode.l10n.t('Restart Server');
      const choice = await vscode.window.showErrorMessage(
        error instanceof Error ? error.message : String(error),
        restart,
      );
      if (choice === restart) await vscode.commands.executeCommand('labelless.restartServer');
      return;
    }
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  context.subscriptions.push(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => text,
    }),
  );
  return { showStatus: show };
}
