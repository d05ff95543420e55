import * as vscode from 'vscode';
import type { ServerStatus } from '../../protocol/server';
import type { Server } from '../server/server';

function commandLink(title: string, command: string): string {
  return `[${title}](command:${command})`;
}

function tooltip(server: Server, status: ServerStatus | undefined): vscode.MarkdownString {
  const lines = [`**Labelless**${status ? ` ${status.version}` : ''}`];
  if (server.state.kind === 'down') lines.push(server.state.reason);
  if (status?.backend) lines.push(vscode.l10n.t('Back end: {0}', status.backend));
  for (const { name, detail } of status?.backends.filter(backend => backend.state === 'failed') ?? [])
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

/** The text and look of the item for what the server does now. */
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

/** A status bar item, from the first use of the server on: the back end, whether it is busy, and why it is down. */
export function activateStatusItem(context: vscode.ExtensionContext, server: Server): void {
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
