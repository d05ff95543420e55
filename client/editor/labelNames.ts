import * as vscode from 'vscode';
import { parseLabelNames } from '../../mask/labelNames';
import type { LabelName } from '../../protocol/editor';

/** The names that `labelless.labels` offers for an image's labels. */
export function labelNamesFor(image: vscode.Uri): LabelName[] {
  return parseLabelNames(vscode.workspace.getConfiguration('labelless', image).get<unknown>('labels'));
}
