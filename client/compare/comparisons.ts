import * as vscode from 'vscode';
import { MaskDocument } from '../../mask/document/maskDocument';
import type { MaskState } from '../../mask/document/maskState';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { reasonOf } from '../../mask/errors';
import { importLabels } from '../../mask/formats/importLabels';
import type { ComparisonTarget } from '../../protocol/editorPage';
import { SegmentRequest } from '../../protocol/segmentMessages';
import { methodNames } from '../../protocol/names';
import { locationAt, nameOf, type MaskLocation } from '../common/maskLocations';
import { loadMask } from '../common/maskStorage';
import { showProgress } from '../common/report';
import { requireTrust } from '../common/trust';
import { choose } from '../common/questions';
import type { ImageDocument } from '../editor/imageDocument';
import { emptyMask, labelNamesFor } from '../editor/imageSettings';
import { readLabelFile } from '../editor/labelFiles';
import { decodeSegmentation, encodedSegmentation, type SegmentOptions } from '../segment/segmentResult';
import type { Server } from '../server/server';
import { chooseModel } from '../training/runPicker';

/**
 * Reads a mask file, or another program's file of labels, to compare a document's mask with; undefined without the
 * trust that reading labels needs.
 * @throws Error naming it when it is neither, or of another size
 */
export function otherFile(
  document: ImageDocument,
  file: vscode.Uri,
  server: Server,
): Promise<ComparisonTarget | undefined> {
  return /\.json$/i.test(file.path)
    ? otherLabels(document, file, server)
    : otherMask(document, locationAt(file), nameOf(file));
}

/** Reads a mask to compare with. @throws Error naming its file when it is no mask, or of another size */
export async function otherMask(
  document: ImageDocument,
  location: MaskLocation,
  name: string,
): Promise<ComparisonTarget> {
  const stored = await loadMask(location, document.uri);
  if (!stored) throw new Error(vscode.l10n.t('{0} is not there any more.', nameOf(location.mask)));
  checkSize(document, location.mask, stored.state.regions);
  return comparisonWith(name, stored.state);
}

async function otherLabels(
  document: ImageDocument,
  file: vscode.Uri,
  server: Server,
): Promise<ComparisonTarget | undefined> {
  if (!(await requireTrust('compare'))) return undefined;
  const labels = await readLabelFile(server, file, document.uri).catch(refuse(file));
  const { width, height } = labels.regions;
  checkSize(document, file, labels.regions);
  try {
    const empty = emptyMask(document.uri, width, height);
    const state = importLabels(new MaskDocument(empty), labels, labelNamesFor(document.uri)) ?? empty;
    if (labels.remark !== '')
      void vscode.window.showWarningMessage(
        `${vscode.l10n.t('{0} is compared with as far as it can be read.', nameOf(file))} ${labels.remark}`,
      );
    return comparisonWith(nameOf(file), state);
  } catch (error) {
    return refuse(file)(error);
  }
}

function refuse(file: vscode.Uri): (error: unknown) => never {
  return error => {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(vscode.l10n.t('{0} cannot be compared with: {1}', nameOf(file), reasonOf(error)), { cause: error });
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function checkSize(document: ImageDocument, file: vscode.Uri, { width, height }: Size): void {
  const own = document.state?.regions;
  if (!own || (own.width === width && own.height === height)) return;
  throw new Error(
    vscode.l10n.t(
      '{0} has {1}×{2} pixels and the mask of {3} {4}×{5}: only masks of one size can be compared.',
      nameOf(file),
      width,
      height,
      nameOf(document.uri),
      own.width,
      own.height,
    ),
  );
}

/** A comparison with a mask, as a page shows it beside the document's. */
function comparisonWith(name: string, state: MaskState): ComparisonTarget {
  const { width, height, count, ids } = state.regions;
  return { kind: 'mask', name, width, height, count, ids, mask: new MaskDocument(state).view() };
}

/** Asks the user for a method and segments the image by it, for comparison only; undefined when the user cancels. */
export async function chooseMethod(document: ImageDocument, server: Server): Promise<ComparisonTarget | undefined> {
  const others = methodNames.filter(method => method !== document.state?.run?.method);
  const chosen = await choose(
    others.map(method => ({ label: method, method })),
    { placeHolder: vscode.l10n.t('Segment {0} by another method, for comparison alone', nameOf(document.uri)) },
  );
  const method = chosen?.method;
  if (method === undefined || !(await requireTrust('compare'))) return undefined;
  const options = method === 'adapted' ? await chooseModel(server, document.uri) : { method };
  const { uri, view } = document;
  return options && byMethod(uri, server, { ...options, ...(view && { view }) });
}

/** Segments an image by another method. @throws Error with the reason, `CancellationError` when cancelled */
export async function byMethod(image: vscode.Uri, server: Server, options: SegmentOptions): Promise<ComparisonTarget> {
  const title = vscode.l10n.t('Segmenting {0}', nameOf(image));
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (progress, token) =>
      server.request(
        SegmentRequest,
        { uris: [image.toString()], target: 'return', ...options },
        { token, progress: showProgress(progress) },
      ),
  );
  const segmentation = decodeSegmentation(await encodedSegmentation(result, image));
  const { model, method } = segmentation.run;
  return comparisonWith(model ?? method, stateFromSegmentation(segmentation));
}
