import * as vscode from 'vscode';
import type { ClassInfo } from '../../mask/classes';
import { parseLabelNames } from '../../mask/colours/namedColours';
import { emptyState, type MaskState } from '../../mask/document/maskState';
import { drawLabels, type DrawnLabels } from '../../mask/formats/drawLabels';
import type { Size } from '../../mask/formats/foreignLabels';
import { readLabels } from '../../mask/formats/readLabels';
import { parseJson } from '../../mask/files/json';

/**
 * Reads an image's labels from a file of LabelMe or COCO.
 * @throws Error, without the file's name, when the file is too large, is not JSON or has no labels of the image
 */
export async function readLabelFile(file: vscode.Uri, image: vscode.Uri, size: Size): Promise<DrawnLabels> {
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('fileSize', 500);
  const { size: bytes } = await vscode.workspace.fs.stat(file);
  if (bytes > 1e6 * limit)
    throw new Error(vscode.l10n.t('its {0} MB are beyond labelless.limits.fileSize.', (bytes / 1e6).toFixed(1)));
  const content = parseJson(await vscode.workspace.fs.readFile(file));
  return drawLabels(readLabels(content, image.fsPath, size), size);
}

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
