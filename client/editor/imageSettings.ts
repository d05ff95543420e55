import * as vscode from 'vscode';
import type { ClassInfo } from '../../mask/classes';
import { parseLabelNames } from '../../mask/colours/namedColours';
import { emptyState, type MaskState } from '../../mask/document/maskState';
import { readLabels, type ForeignLabels } from '../../mask/formats/importLabels';
import { nameOf } from '../common/maskLocations';

/**
 * Reads an image's labels from a file of LabelMe or COCO.
 * @throws Error, without the file's name, when the file is too large, is not JSON or has no labels of the image
 */
export async function readLabelFile(file: vscode.Uri, image: vscode.Uri): Promise<ForeignLabels> {
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('fileSize', 500);
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > 1e6 * limit)
    throw new Error(vscode.l10n.t('its {0} MB are beyond labelless.limits.fileSize.', (size / 1e6).toFixed(1)));
  return readLabels(JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))), nameOf(image));
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
