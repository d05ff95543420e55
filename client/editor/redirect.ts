import type * as vscode from 'vscode';
import { nameOf } from '../files/places';
import { reportError } from '../report';
import { openMaskEditor } from './tabs';

/** A mask that was opened in the mask editor: its photo opens in its stead. */
export class RedirectDocument implements vscode.CustomDocument {
  constructor(
    readonly uri: vscode.Uri,
    private readonly photo: vscode.Uri,
  ) {}

  /** Opens the photo where the mask's editor is, and closes that. */
  replace(panel: vscode.WebviewPanel): void {
    panel.webview.html = `<!DOCTYPE html><title>${nameOf(this.photo).replace(/[<&]/g, '')}</title>`;
    void openMaskEditor(this.photo, panel.viewColumn).then(() => {
      panel.dispose();
    }, reportError);
  }

  dispose(): void {
    /* holds nothing */
  }
}
