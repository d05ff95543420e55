import * as vscode from 'vscode';
import { MaskDocument } from '../../mask/document';
import { importLabels } from '../../mask/importLabels';
import type { MaskState } from '../../mask/state';
import type { ComparisonView } from '../../protocol/editor';
import { nameOf, placeOf, type MaskPlace } from '../files/places';
import { loadMask } from '../files/store';
import { reasonOf } from '../report';
import type { ImageDocument } from './document';
import { emptyMask } from './emptyMask';
import { readLabelFile } from './labelFile';
import { labelNamesFor } from './labelNames';

/**
 * A mask file, or another program's file of labels, to compare with.
 * @throws Error naming it when it is neither, or of another size
 */
export function otherFile(document: ImageDocument, file: vscode.Uri): Promise<ComparisonView> {
  return /\.json$/i.test(file.path) ? otherLabels(document, file) : otherMask(document, placeOf(file), nameOf(file));
}

/** A mask to compare with. @throws Error naming its file when it is no mask, or of another size */
export async function otherMask(document: ImageDocument, place: MaskPlace, name: string): Promise<ComparisonView> {
  const stored = await loadMask(place, document.uri);
  if (!stored) throw new Error(vscode.l10n.t('{0} is not there any more.', nameOf(place.mask)));
  checkSize(document, place.mask, stored.state.regions);
  return comparisonView(name, stored.state);
}

async function otherLabels(document: ImageDocument, file: vscode.Uri): Promise<ComparisonView> {
  const labels = await readLabelFile(file, document.uri).catch(unread(file));
  checkSize(document, file, labels);
  try {
    const empty = emptyMask(document.uri, labels.width, labels.height);
    return comparisonView(
      nameOf(file),
      importLabels(new MaskDocument(empty), labels, labelNamesFor(document.uri)) ?? empty,
    );
  } catch (error) {
    return unread(file)(error);
  }
}

function unread(file: vscode.Uri): (error: unknown) => never {
  return error => {
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

/** A mask as the pages show it beside their own. */
export function comparisonView(name: string, state: MaskState): ComparisonView {
  const { width, height, count, ids } = state.regions;
  return { kind: 'mask', name, width, height, count, ids, mask: new MaskDocument(state).view() };
}
