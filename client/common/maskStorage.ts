import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../../files/atomic';
import { giveUp, keepAside } from '../../files/keepAside';
import { ReadError } from '../../files/regularFile';
import { readTogether } from '../../files/together';
import { ChangedError, unchangedCheck } from '../../files/unchanged';
import { WriteError, writeReason } from '../../files/writeError';
import { sha256 } from '../../files/sha256';
import type { MaskDocument } from '../../mask/document/maskDocument';
import type { MaskState } from '../../mask/document/maskState';
import { reasonOf } from '../../mask/errors';
import { isMaskName } from '../../mask/files/fileNames';
import { isMask, isOwnMask } from '../../mask/files/indexedPng';
import { encodeMask, isOfAnotherImage, openMask } from '../../mask/files/maskFiles';
import { judgePrevious, type MaskBytes } from '../../mask/files/previousMask';
import { readSidecar, unknownImage } from '../../mask/files/sidecar';
import { largestFile, readWhole } from './localFiles';
import { nameOf, type MaskLocation } from './maskLocations';

/** A mask that was read from disk. */
export interface StoredMask {
  state: MaskState;
  /** The hash of the mask file and its sidecar. */
  hash: string;
  /** Remarks for the user, a sentence each. */
  messages: string[];
  /** Whether it was made of another image, or of this one before it was changed. */
  isOfAnotherImage: boolean;
}

/** Reads a file; undefined where it does not exist. @throws Error when it exists but cannot be read */
async function readIfThere(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await readWhole(file);
  } catch (error) {
    const code = error instanceof ReadError || error instanceof vscode.FileSystemError ? error.code : undefined;
    if (code === 'ENOENT' || code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Reads a mask and its sidecar as they were written, both old or both new. */
async function readPair({ mask, sidecar }: MaskLocation): Promise<MaskBytes> {
  if (mask.scheme !== 'file') return { png: await readIfThere(mask), sidecar: await readIfThere(sidecar) };
  const [png, text] = await readTogether([mask.fsPath, sidecar.fsPath], largestFile);
  return { png, sidecar: text };
}

/** The hash of a mask file and its sidecar, which may change by itself; undefined where there is no mask. */
export async function hashOnDisk(location: MaskLocation): Promise<string | undefined> {
  return hashOf(await readPair(location));
}

function pairHash(png: Uint8Array, sidecar: Uint8Array | string | undefined): string {
  return sha256(png) + (sidecar === undefined ? '' : sha256(sidecar));
}

function hashOf({ png, sidecar }: MaskBytes): string | undefined {
  return png && pairHash(png, sidecar);
}

/**
 * Reads a mask with its sidecar; undefined where there is no mask.
 * @throws Error naming the mask when it is no mask or cannot be read.
 */
export async function loadMask(location: MaskLocation, image: vscode.Uri): Promise<StoredMask | undefined> {
  const name = nameOf(location.mask);
  try {
    const pair = await readPair(location);
    const { png, sidecar } = pair;
    const pairHash = hashOf(pair);
    if (!png || pairHash === undefined) return undefined;
    const maxPixels = 1e6 * vscode.workspace.getConfiguration('labelless.limits', image).get('megapixels', 100);
    const opened = openMask(new Uint8Array(png), sidecar, maxPixels);
    const messages = opened.messages.map(message => `${name}: ${message}`);
    const hash = opened.image && (await imageHash(image));
    const isOther = hash !== undefined && isOfAnotherImage(opened, hash);
    if (isOther)
      messages.push(
        vscode.l10n.t(
          '{0}: {1} has changed since this mask was made. The mask may not fit it any more; segment again to renew it.',
          name,
          nameOf(image),
        ),
      );
    return { state: opened.document.state, hash: pairHash, messages, isOfAnotherImage: isOther };
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be shown: {1}', name, reasonOf(error)), { cause: error });
  }
}

/** The hash of an image; undefined where it does not exist. */
async function imageHash(image: vscode.Uri): Promise<string | undefined> {
  const content = await readIfThere(image);
  return content && sha256(content);
}

/** Checks that a mask would not overwrite another image. @throws Error naming the file and a better name */
async function checkDestination({ mask }: MaskLocation, image: vscode.Uri): Promise<void> {
  const suggestion = nameOf(image).replace(/\.[^.]*$/, '.mask.png');
  if (!/\.png$/i.test(mask.path))
    throw new Error(
      vscode.l10n.t('A mask is a PNG file: {0} would not be. Save it as {1}, for example.', nameOf(mask), suggestion),
    );
  const before = await readIfThere(mask);
  const wasMask = before !== undefined && (isOwnMask(before) || (isMaskName(nameOf(mask)) && isMask(before)));
  if (mask.toString() === image.toString() || (before !== undefined && !wasMask))
    throw new Error(
      vscode.l10n.t(
        '{0} is an image and no Labelless mask, and will not be overwritten. Save the mask as {1}, for example.',
        nameOf(mask),
        suggestion,
      ),
    );
}

/**
 * Writes a mask and its sidecar, both or neither, and never over an image. A mask that is there and whose labels cannot
 * be read, or are of another image, is kept beside the new one.
 * @param version of Labelless, as the sidecar names it
 * @param judged the hash of what is there, as it may be replaced; undefined: whatever is there
 * @returns the hash of the mask file and its sidecar, and a sentence about a mask that was kept
 * @throws Error naming the file, the reason and the remedy.
 */
export async function saveMask(
  location: MaskLocation,
  document: MaskDocument,
  image: vscode.Uri,
  version: string,
  judged?: { readonly hash: string | undefined },
): Promise<{ hash: string; message?: string }> {
  await checkDestination(location, image);
  const before = await readPair(location);
  if (judged && hashOf(before) !== judged.hash) throw savedByAnother(location);
  const imageSha256 = (await imageHash(image)) ?? savedImageHash(before);
  const { png, sidecar } = encodeMask(document, {
    image: { name: nameOf(image), sha256: imageSha256 },
    version,
    sha256,
    values: vscode.workspace.getConfiguration('labelless.output', image).get('values', 'labels'),
  });
  const reason = labelsAtRisk(location, before, {
    sha256: imageSha256,
    width: document.width,
    height: document.height,
  });
  const kept = reason === undefined ? [] : await keep(location);
  try {
    await writePair(location, before, png, sidecar);
  } catch (error) {
    await giveUp(kept);
    throw error;
  }
  const hash = pairHash(png, sidecar);
  knownSidecars.set(location.sidecar.toString(), hash);
  if (reason === undefined) return { hash };
  const names = kept.map(file => path.basename(file)).join(', ');
  const message = vscode.l10n.t('The earlier mask of {0} is kept as {1}: {2}.', nameOf(image), names, reason);
  return { hash, message };
}

/** The hashes of masks and sidecars that this process has written, by sidecar: they need no judging. */
const knownSidecars = new Map<string, string>();

/** Returns why labels of a mask on disk would be lost when it is replaced, a clause; undefined where none would. */
function labelsAtRisk(
  { sidecar }: MaskLocation,
  before: MaskBytes,
  image: Parameters<typeof judgePrevious>[1],
): string | undefined {
  if (!before.png?.length || !before.sidecar?.length) return undefined; // the document has all that there is
  const known = knownSidecars.get(sidecar.toString());
  if (known === hashOf(before)) return undefined;
  return judgePrevious(before, image).unusable;
}

async function keep({ mask, sidecar }: MaskLocation): Promise<string[]> {
  return keepAside([mask.fsPath, sidecar.fsPath]).catch((error: unknown) => {
    throw writeError(mask, error);
  });
}

/** The hash of an image that has been deleted, as the sidecar of its mask has it. */
function savedImageHash({ sidecar }: MaskBytes): string {
  const saved = sidecar && readSidecar(sidecar);
  return saved && 'sidecar' in saved ? saved.sidecar.image.sha256 : unknownImage;
}

function savedByAnother({ mask }: Pick<MaskLocation, 'mask'>, cause?: Error): Error {
  return new Error(vscode.l10n.t('{0} was not saved: another program is saving it, too. Save again.', nameOf(mask)), {
    cause,
  });
}

/** Why a file cannot be written, and the remedy, by the error code of the operating system. */
const writeReasons: Partial<Record<string, () => string>> = {
  EACCES: () => vscode.l10n.t('no permission to write there. Change the permission, or set labelless.output.folder.'),
  EPERM: () => vscode.l10n.t('no permission to write there. Change the permission, or set labelless.output.folder.'),
  EROFS: () => vscode.l10n.t('the disk is read-only. Set labelless.output.folder to a place that can be written.'),
  ENOSPC: () => vscode.l10n.t('the disk is full. Make room and save again.'),
  EDQUOT: () => vscode.l10n.t('the disk quota is used up. Make room and save again.'),
};

function writeError(file: vscode.Uri, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = writeReasons[code]?.() ?? writeReason(error);
  return new Error(vscode.l10n.t('{0} was not saved: {1}', nameOf(file), reason), { cause: error });
}

/**
 * Writes a mask and its sidecar, both or neither. `workspace.fs.rename` deletes its target first and cannot ensure
 * that; masks are local files, for which an atomic rename exists.
 * @param before what is there, as it was judged: what somebody else saves meanwhile is not replaced
 * @throws Error naming the file, the reason and the remedy; the old files are then as they were
 */
async function writePair(
  { mask, sidecar }: MaskLocation,
  before: MaskBytes,
  png: Uint8Array,
  text: string,
): Promise<void> {
  if (mask.scheme !== 'file')
    throw new Error(vscode.l10n.t('{0} was not saved: only folders of this machine can hold masks.', nameOf(mask)));
  try {
    await mkdir(path.dirname(mask.fsPath), { recursive: true });
    await writeAtomically(
      new Map<string, Uint8Array | string>([
        [mask.fsPath, png],
        [sidecar.fsPath, text],
      ]),
      {
        check: unchangedCheck(
          new Map([
            [mask.fsPath, before.png],
            [sidecar.fsPath, before.sidecar],
          ]),
          largestFile,
        ),
      },
    );
  } catch (error) {
    if (error instanceof ChangedError) throw savedByAnother({ mask }, error);
    const isSidecar = error instanceof WriteError && error.file === sidecar.fsPath;
    throw writeError(isSidecar ? sidecar : mask, error);
  }
}
