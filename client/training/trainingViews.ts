import path from 'node:path';
import * as vscode from 'vscode';
import type { TrainingAction } from '../../protocol/trainingPage';
import { trainingViewType } from '../common/contributions';
import type { Server } from '../server/server';
import { TrainingView, type TrainingActions } from './trainingView';

/** The open training views, at most one for each training run. They are restored after the window was reloaded. */
export class TrainingViews {
  private readonly views = new Map<string, TrainingView>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
    private readonly actions: TrainingActions,
  ) {}

  /** Shows the view of the run in a folder, opening one if necessary, and has it perform an action. */
  open(folder: string, action?: TrainingAction): void {
    const known = this.views.get(folder);
    known?.panel.reveal();
    const view =
      known ??
      this.keep(
        vscode.window.createWebviewPanel(trainingViewType, path.basename(folder), vscode.ViewColumn.Active),
        folder,
      );
    if (action) view.request(action);
  }

  /** Draws the view of a run again that has been started anew. */
  redraw(folder: string): void {
    this.views.get(folder)?.redraw();
  }

  /** Restores a view in a panel after the window was reloaded. `state` is what its page saved, of any shape. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    if (typeof state === 'object' && state !== null && 'folder' in state && typeof state.folder === 'string')
      this.keep(panel, state.folder);
    else panel.dispose();
  }

  private keep(panel: vscode.WebviewPanel, folder: string): TrainingView {
    const view = new TrainingView(panel, folder, this.server, this.actions, this.extension);
    this.views.set(folder, view);
    panel.onDidDispose(() => {
      this.views.delete(folder);
    });
    return view;
  }
}
