import * as vscode from 'vscode';
import type { ClassInfo } from '../../mask/classes/classInfo';
import { parseLabelNames } from '../../mask/colours/namedColours';
import { emptyState, type MaskState } from '../../mask/document/maskState';

/** A mask without labels, for an image of this size. @throws Error when the size is beyond the limit */
export function emptyMask(image: vscode.Uri, width: number, height: number): MaskState {
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('megapixels', 100);
  if (width * height > 1e6 * limit)
    throw new Error(vscode.l10n.t('A mask of {0}×{1} pixels is beyond labelless.limits.megapixels.', width, height));
  return emptyState(width, height);
}

/** The names that `labelless.labels` offers for an image's labels. */
export function labelNamesFor(image: vscode.Uri): ClassInfo[] {
  return parseLabelNames(vscode.workspace.getConfiguration('labelless', image).get<unknown>('labels'));
}
