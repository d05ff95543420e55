import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingHostMessage } from '../../protocol/trainingPage';
import type { PredictionFile } from '../../protocol/trainingRun';

/** Name of the target picture's own file beside its predictions. */
const pictureName = 'picture.png';

/** Sends predictions to a page, each once, with the picture that they are of. */
export class PredictionSender {
  private readonly sent = new Set<string>();

  constructor(private readonly post: (message: TrainingHostMessage) => void) {}

  /** Forgets what was sent: the page has loaded anew. */
  reset(): void {
    this.sent.clear();
  }

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
      // deleted since the run told of it: there is nothing to show
    }
  }
}
