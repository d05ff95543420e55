import * as vscode from 'vscode';
import { ListQueuesRequest, type QueueProgress } from '../../protocol/queueMessages';
import type { CommandHandlers } from '../common/commands';
import { choose } from '../common/questions';
import { requireTrust } from '../common/trust';
import type { Galleries } from '../gallery/galleries';
import type { Server } from '../server/server';
import { QueueLogins } from './queueLogins';
import { countText, endText } from './queueTexts';
import { SetAsideReport } from './setAsideReport';
import { WatchedQueue } from './watchedQueue';

/** Activates *Watch Queue*, which follows photos that many machines segment. */
export function activateQueue(
  context: vscode.ExtensionContext,
  commands: CommandHandlers,
  server: Server,
  galleries: Galleries,
): void {
  const logins = new QueueLogins(context.workspaceState, context.secrets);
  const report = new SetAsideReport();
  const watched = new Set<string>();
  context.subscriptions.push(report);

  const watchQueue = async () => {
    if (!(await requireTrust('queue'))) return;
    const url = await logins.address();
    if (url === undefined) return;
    const found = await logins.ask(url, login =>
      vscode.window.withProgress(
        // In the status bar, as each password is tried by it: VS Code hides more than three notifications at once.
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for queues at {0}', url) },
        () => server.request(ListQueuesRequest, login),
      ),
    );
    if (!found) return;
    const { login, answer } = found;
    if (answer.state === 'away') throw new Error(`${answer.reason}.`);
    const name = await chooseQueue(answer.queues, url);
    if (name === undefined) return;
    const key = `${url} ${name}`;
    if (watched.has(key)) return vscode.commands.executeCommand('notifications.showList');
    watched.add(key);
    try {
      const queue = new WatchedQueue(server, galleries, login, name);
      await showEnd(queue, await follow(queue), report);
    } finally {
      watched.delete(key);
    }
  };
  commands.add('watchQueue', watchQueue);
}

/** The name of the only queue, or of the one that the user chooses. */
async function chooseQueue(queues: readonly QueueProgress[], url: string): Promise<string | undefined> {
  const [first, ...others] = queues;
  if (!first)
    throw new Error(
      vscode.l10n.t(
        'Nothing is queued in Redis at {0}. This queues photos: labelless enqueue FOLDER --queue URL --name NAME',
        url,
      ),
    );
  if (others.length === 0) return first.name;
  const items = queues.map(queue => ({ label: queue.name, description: countText(queue) }));
  const chosen = await choose(items, {
    title: vscode.l10n.t('Watch Queue'),
    placeHolder: vscode.l10n.t('Queue to watch'),
  });
  return chosen?.label;
}

/** Shows how far a queue is until it is through or the user cancels, which stops watching and nothing else. */
async function follow(queue: WatchedQueue): Promise<QueueProgress | null | undefined> {
  const command = `labelless.showResults.${queue.id}`;
  const registration = vscode.commands.registerCommand(command, () => {
    queue.showResults();
  });
  const link = `[${vscode.l10n.t('Show Results')}](command:${command})`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    cancellable: true,
    title: vscode.l10n.t('Queue {0}', queue.name),
  };
  try {
    return await vscode.window.withProgress(options, (progress, token) => queue.follow(progress, link, token));
  } finally {
    registration.dispose();
  }
}

async function showEnd(
  queue: WatchedQueue,
  end: QueueProgress | null | undefined,
  report: SetAsideReport,
): Promise<void> {
  if (end === undefined) return;
  if (end === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is queued as {0} any more.', queue.name));
    return;
  }
  const results = vscode.l10n.t('Show Results');
  const reasons = vscode.l10n.t('Show Reasons');
  const buttons = [...(queue.hasResults ? [results] : []), ...(end.failureCount > 0 ? [reasons] : [])];
  const show = end.photos.failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const choice = await show(endText(end, queue.places), ...buttons);
  if (choice === results) queue.showResults();
  if (choice === reasons) await report.show(end);
}
