import * as vscode from 'vscode';
import { decodeRegions } from '../../mask/files/codec';
import type { DrawnLabels } from '../../mask/formats/drawLabels';
import { ReadLabelsRequest } from '../../protocol/imageMessages';
import { nameOf } from '../common/maskLocations';
import { readResult } from '../server/readResult';
import type { Server } from '../server/server';

/** The labels of an image in another program's file, as far as they can be used. */
export interface ImportedLabels extends DrawnLabels {
  /** What was left out or changed, a sentence for the user; empty where all is as in the file. */
  readonly remark: string;
}

/**
 * Has the server read an image's labels from a file of LabelMe or COCO, which may take a while. The user can cancel it.
 * @throws Error, without the file's name, with the reason why it cannot be used; `CancellationError` when cancelled
 */
export async function readLabelFile(server: Server, file: vscode.Uri, image: vscode.Uri): Promise<ImportedLabels> {
  if (file.scheme !== 'file' || image.scheme !== 'file')
    throw new Error(vscode.l10n.t('labels are read only from and for files on this machine'));
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      cancellable: true,
      title: vscode.l10n.t('Reading labels from {0}', nameOf(file)),
    },
    (_, token) => server.request(ReadLabelsRequest, { uri: image.toString(), file: file.toString() }, { token }),
  );
  const { regions, labels, leftOut } = await readResult(result);
  const limit = vscode.workspace.getConfiguration('labelless.limits', image).get('megapixels', 100);
  return {
    regions: decodeRegions(regions, 1e6 * limit),
    labels,
    remark: leftOut.length > 0 ? vscode.l10n.t('Left out or changed: {0}.', leftOut.join('; ')) : '',
  };
}
