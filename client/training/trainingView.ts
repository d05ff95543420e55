import path from 'node:path';
import * as vscode from 'vscode';
import { type TrainingHostMessage, parseTrainingPageMessage, type TrainingAction } from '../../protocol/trainingPage';
import {
  type PredictionFile,
  isUnderWay,
  type TrainingRunContents,
  type TrainingUpdate,
} from '../../protocol/trainingRun';
import { reasonOf } from '../../mask/errors';
import {
  ControlTrainingRunRequest,
  EvaluateRequest,
  FollowTrainingRunRequest,
  ReadTrainingRunRequest,
} from '../../protocol/trainingMessages';
import { pageHtml, pageRoot } from '../common/pageHtml';
import { readResult } from '../server/readResult';
import type { Server } from '../server/server';

/** The name of the target picture's file beside its predictions. */
const pictureName = 'picture.png';

/** Sends predictions to a page, each once, with the pictures that they are for. */
class PredictionSender {
  private readonly sent = new Set<string>();

  constructor(private readonly post: (message: TrainingHostMessage) => void) {}

  /** Has everything sent again, to a page that has loaded anew. */
  reset(): void {
    this.sent.clear();
  }

  /** Sends the predictions that the page does not have yet. */
  async send(predictions: readonly PredictionFile[]): Promise<void> {
    for (const { picture, step, file } of predictions) {
      const photo = path.join(path.dirname(file), pictureName);
      await this.once(photo, bytes => ({ type: 'picture', picture, bytes }));
      await this.once(file, bytes => ({ type: 'prediction', picture, step, bytes }));
    }
  }

  private async once(file: string, message: (bytes: Uint8Array) => TrainingHostMessage): Promise<void> {
    if (this.sent.has(file)) return;
    this.sent.add(file);
    try {
      this.post(message(new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.file(file)))));
    } catch {
      // deleted since the run reported it: there is nothing to show
    }
  }
}

/** The actions of a view that the rest of the extension performs. */
export interface TrainingActions {
  /** Resumes the run of an experiment file. */
  resume(experiment: vscode.Uri): Promise<unknown>;
  /** Exports the network of the run in a folder. */
  exportNetwork(folder: string): Promise<unknown>;
}

/** A view of one training run: a page that is updated as the run's folder changes. */
export class TrainingView {
  private readonly pictures = new PredictionSender(message => {
    this.post(message);
  });
  private contents: TrainingRunContents | undefined;
  /** Whether the page has loaded and receives messages. */
  private ready = false;
  /** The action to perform once the page has loaded. */
  private waiting: TrainingAction | undefined;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly folder: string,
    private readonly server: Server,
    private readonly actions: TrainingActions,
    extension: vscode.Uri,
  ) {
    panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage(message => {
        void this.guard(() => this.receive(message));
      }),
      server.onTraining(news => {
        if (news.run.folder === folder) void this.guard(() => this.show(news));
      }),
    ];
    panel.onDidDispose(() => {
      for (const listener of listeners) listener.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extension, { name: 'training', title: vscode.l10n.t('Training Run') });
  }

  /** Performs an action as a button of the page does, once the page has loaded. */
  request(action: TrainingAction): void {
    if (this.ready) void this.guard(() => this.act(action));
    else this.waiting = action;
  }

  /** Draws the view again, as when its run has been started anew. */
  redraw(): void {
    if (this.ready) void this.guard(() => this.draw());
  }

  private async draw(): Promise<void> {
    this.pictures.reset();
    this.contents = await readResult(await this.server.request(ReadTrainingRunRequest, { folder: this.folder }));
    const { run, classes, points, predictions } = this.contents;
    this.panel.title = run.name;
    this.post({ type: 'contents', run, classes, points });
    if (isUnderWay(run)) await this.server.request(FollowTrainingRunRequest, { folder: this.folder, follow: true });
    await this.pictures.send(predictions);
  }

  private async show({ run, points, predictions, messages }: TrainingUpdate): Promise<void> {
    if (this.contents) this.contents = { ...this.contents, run };
    this.post({ type: 'news', run, points, messages });
    await this.pictures.send(predictions);
  }

  private async receive(untrusted: unknown): Promise<void> {
    const message = parseTrainingPageMessage(untrusted);
    if (message.type === 'action') return this.act(message.action);
    this.ready = true;
    await this.draw();
    const action = this.waiting;
    this.waiting = undefined;
    if (action) await this.act(action);
  }

  private async act(action: TrainingAction): Promise<void> {
    const { folder, server } = this;
    switch (action) {
      case 'pause':
      case 'continue':
      case 'stop':
        return server.request(ControlTrainingRunRequest, { folder, action });
      case 'resume':
        await this.actions.resume(this.experiment());
        return;
      case 'evaluate':
        return this.evaluate();
      case 'exportNetwork':
        await this.actions.exportNetwork(folder);
        return;
      case 'openExperiment':
        await vscode.window.showTextDocument(this.experiment());
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(folder));
        return;
    }
  }

  private experiment(): vscode.Uri {
    const file = this.contents?.run.experiment;
    if (file === undefined)
      throw new Error(
        vscode.l10n.t(
          '{0} does not say from which experiment file it was started. Open that file and use the actions above it.',
          this.folder,
        ),
      );
    return vscode.Uri.file(file);
  }

  private async evaluate(): Promise<void> {
    const cancellation = new vscode.CancellationTokenSource();
    this.post({ type: 'busy', what: vscode.l10n.t('Measuring on labelled pictures …') });
    try {
      this.post({
        type: 'evaluation',
        result: await this.server.request(EvaluateRequest, { folder: this.folder }, { token: cancellation.token }),
      });
    } finally {
      this.post({ type: 'busy', what: null });
      cancellation.dispose();
    }
  }

  private post(message: TrainingHostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private async guard(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.server.log.warn(`${this.folder}: ${reasonOf(error)}`);
      this.post({ type: 'problem', message: reasonOf(error) });
    }
  }
}
