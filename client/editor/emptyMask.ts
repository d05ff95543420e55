import * as vscode from 'vscode';
import { emptyState, type MaskState } from '../../mask/state';

/** A mask of an image without labels. @throws Error when the size is beyond the limit */
export function emptyMask(image: vscode.Uri, width: number, height: number): MaskState {
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('megapixels', 100);
  if (width * height > 1e6 * limit)
    throw new Error(vscode.l10n.t('A mask of {0}×{1} pixels is beyond labelless.limits.megapixels.', width, height));
  return emptyState(width, height);
}
