import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingHostMessage } from '../../protocol/trainingPage';
import type { PredictionFile } from '../../protocol/trainingRun';

/** The name of the target picture's file beside its predictions. */
const pictureName = 'picture.png';

/** Sends predictions to a page, each once, with the pictures that they belong to. */
export class PredictionSender {
  private readonly sent = new Set<string>();

  constructor(private readonly post: (message: TrainingHostMessage) => void) {}

  /** Has everything sent again, to a page that has been loaded again. */
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
