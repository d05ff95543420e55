import * as vscode from 'vscode';
import { readLabels, type ForeignLabels } from '../../mask/formats/labels';
import { nameOf } from '../files/places';

/**
 * An image's labels in a file of LabelMe or COCO.
 * @throws Error, without the file's name, for a file that is too large, no JSON or without them
 */
export async function readLabelFile(file: vscode.Uri, image: vscode.Uri): Promise<ForeignLabels> {
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('fileSize', 500);
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > 1e6 * limit)
    throw new Error(vscode.l10n.t('its {0} MB are beyond labelless.limits.fileSize.', (size / 1e6).toFixed(1)));
  return readLabels(JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))), nameOf(image));
}
