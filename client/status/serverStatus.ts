import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import type { BackendReport } from '../../protocol/backends';
import { StatusRequest, type ServerStatus } from '../../protocol/statusMessages';
import type { CommandHandlers } from '../common/commands';
import type { Server } from '../server/server';

/** Activates the display of the server's state: an item in the status bar, and a report on request. */
export function activateServerStatus(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
): void {
  activateItem(context, server);
  activateReport(context, commands, server);
}

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

function tableRow(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function backendRow({ name, state, milliseconds, detail }: BackendReport): string {
  const time = milliseconds === undefined ? '' : `${milliseconds.toFixed(1)} ms`;
  return tableRow(name, stateText(state), time, cell(detail ?? ''));
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
    tableRow(
      vscode.l10n.t('Back end'),
      vscode.l10n.t('State'),
      vscode.l10n.t('Training step'),
      vscode.l10n.t('Detail'),
    ),
    '| --- | --- | --- | --- |',
    ...status.backends.map(backendRow),
    '',
  ].join('\n');
}

/** *Show Server Status*: tries every back end and shows the outcome as a read-only document. */
function activateReport(context: vscode.ExtensionContext, commands: CommandHandlers, server: Server): void {
  let text = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const show = async () => {
    const title = vscode.l10n.t('Labelless: trying the back ends of this machine');
    try {
      text = report(
        await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
          server.request(StatusRequest, { probe: true }),
        ),
      );
    } catch (error) {
      const restart = vscode.l10n.t('Restart Server');
      const choice = await vscode.window.showErrorMessage(reasonOf(error), restart);
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
  commands.add('showStatus', show);
}

function commandLink(title: string, command: string): string {
  return `[${title}](command:${command})`;
}

function tooltip(server: Server, status: ServerStatus | undefined): vscode.MarkdownString {
  const lines = [`**Labelless**${status ? ` ${status.version}` : ''}`];
  if (server.state.kind === 'down') lines.push(server.state.reason);
  if (status?.backend) lines.push(vscode.l10n.t('Back end: {0}', status.backend));
  const isTold = ({ name, state }: BackendReport) => state === 'failed' || (state === 'missing' && name === 'cpu');
  for (const { name, detail } of status?.backends.filter(isTold) ?? [])
    lines.push(vscode.l10n.t('{0} does not work here: {1}', name, detail ?? ''));
  if (status && status.running + status.waiting > 0)
    lines.push(vscode.l10n.t('{0} running, {1} waiting', status.running, status.waiting));
  lines.push(
    [
      commandLink(vscode.l10n.t('Show Server Status'), 'labelless.showStatus'),
      commandLink(vscode.l10n.t('Show Log'), 'labelless.showLog'),
      commandLink(vscode.l10n.t('Restart Server'), 'labelless.restartServer'),
    ].join(' · '),
  );
  const text = new vscode.MarkdownString(lines.join('\n\n'));
  text.isTrusted = { enabledCommands: ['labelless.showStatus', 'labelless.showLog', 'labelless.restartServer'] };
  return text;
}

/** Updates text, icon and colour of the item from the server's state. */
function draw(item: vscode.StatusBarItem, server: Server, status: ServerStatus | undefined): void {
  const busy = server.state.kind === 'starting' || (status?.running ?? 0) > 0;
  const icon = server.state.kind === 'down' ? '$(error)' : busy ? '$(loading~spin)' : '$(layers)';
  const detail = server.state.kind === 'down' ? vscode.l10n.t('server down') : status?.backend;
  item.text = detail ? `${icon} Labelless: ${detail}` : `${icon} Labelless`;
  item.backgroundColor =
    server.state.kind === 'down' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
  item.command = server.state.kind === 'down' ? 'labelless.restartServer' : 'labelless.showStatus';
  item.tooltip = tooltip(server, status);
  item.accessibilityInformation = { label: `Labelless ${detail ?? ''}`.trim() };
}

/**
 * Activates a status bar item that shows, from the first use of the server on, the back end and whether it is busy, or
 * why the server is down.
 */
function activateItem(context: vscode.ExtensionContext, server: Server): void {
  const item = vscode.window.createStatusBarItem('labelless.status', vscode.StatusBarAlignment.Right);
  item.name = 'Labelless';
  let status: ServerStatus | undefined;
  const refresh = () => {
    draw(item, server, status);
    item.show();
  };
  context.subscriptions.push(
    item,
    server.onStatus(latest => {
      status = latest;
      refresh();
    }),
    server.onState(state => {
      if (state.kind !== 'running') status = undefined;
      refresh();
    }),
  );
}
