import * as vscode from 'vscode';
import type { QueueProgress } from '../../protocol/queueMessages';

const scheme = 'labelless-queue';

/** Shows in read-only documents why photos of queues were set aside or kept. */
export class SetAsideReport implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  async show(queue: QueueProgress): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${queue.name}.txt` });
    this.texts.set(uri.path, reportText(queue));
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function reportText({ name, failures, failureCount }: QueueProgress): string {
  const more = failureCount - failures.length;
  return [
    vscode.l10n.t('Photos of {0} that were set aside, or kept for a reason', name),
    '',
    ...failures.flatMap(({ photo, outcome, reason }) => [
      oneLine(photo),
      `    ${outcome === 'failed' ? vscode.l10n.t('set aside') : vscode.l10n.t('kept')}: ${oneLine(reason)}`,
    ]),
    ...(more > 0 ? ['', vscode.l10n.t('and {0} more', more)] : []),
    '',
    vscode.l10n.t('Queue those once more that were set aside: labelless retry --name {0}', name),
    '',
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
