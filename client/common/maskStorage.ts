import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../../files/atomic';
import { WriteError, writeReason } from '../../files/writeError';
import type { MaskDocument } from '../../mask/document/maskDocument';
import type { MaskState } from '../../mask/document/maskState';
import { reasonOf } from '../../mask/errors';
import { isMaskName } from '../../mask/files/fileNames';
import { isMask, isOwnMask } from '../../mask/files/indexedPng';
import { encodeMask, openMask } from '../../mask/files/maskFiles';
import { readSidecar } from '../../mask/files/sidecar';
import { nameOf, type MaskLocation } from './maskLocations';

/** A mask that was read from disk. */
export interface StoredMask {
  state: MaskState;
  /** The hash of the mask file. */
  hash: string;
  /** Remarks for the user, a sentence each. */
  messages: string[];
}

/** The SHA-256 of some bytes, in lower-case hex. */
function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * The hash in the sidecar of an image that was deleted before its hash was known: that of no bytes, which no image has.
 */
const unknownHash = sha256(new Uint8Array());

/** Reads a file; undefined where it does not exist. @throws Error when it exists but cannot be read */
async function readIfThere(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** The hash of a mask file; undefined where it does not exist. */
export async function hashOnDisk({ mask }: MaskLocation): Promise<string | undefined> {
  const bytes = await readIfThere(mask);
  return bytes && sha256(bytes);
}

/**
 * Reads a mask with its sidecar; undefined where there is no mask.
 * @throws Error naming the mask when it is no mask or cannot be read.
 */
export async function loadMask({ mask, sidecar }: MaskLocation, image: vscode.Uri): Promise<StoredMask | undefined> {
  const png = await readIfThere(mask);
  if (!png) return undefined;
  const text = await readIfThere(sidecar);
  try {
    const maxPixels = 1e6 * vscode.workspace.getConfiguration('labelless.limits', image).get('megapixels', 100);
    const opened = openMask(new Uint8Array(png), text && new TextDecoder().decode(text), maxPixels);
    const messages = opened.messages.map(message => `${nameOf(mask)}: ${message}`);
    const imageHash = opened.image?.sha256 ?? unknownHash;
    if (imageHash !== unknownHash && imageHash !== sha256(await vscode.workspace.fs.readFile(image))) {
      messages.push(
        vscode.l10n.t(
          '{0}: {1} has changed since this mask was made. The mask may not fit it any more; segment again to renew it.',
          nameOf(mask),
          nameOf(image),
        ),
      );
    }
    return { state: opened.document.state, hash: sha256(png), messages };
  } catch (error) {
    throw new Error(vscode.l10n.t('{0} cannot be shown: {1}', nameOf(mask), reasonOf(error)), { cause: error });
  }
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
 * Writes a mask and its sidecar, both or neither, and never over an image.
 * @param version of Labelless, as the sidecar names it
 * @returns the hash of the mask file
 * @throws Error naming the file, the reason and the remedy.
 */
export async function saveMask(
  location: MaskLocation,
  document: MaskDocument,
  image: vscode.Uri,
  version: string,
): Promise<string> {
  await checkDestination(location, image);
  const content = await readIfThere(image);
  const { png, sidecar } = encodeMask(document, {
    image: { name: nameOf(image), sha256: content ? sha256(content) : await savedImageHash(location) },
    version,
    sha256,
  });
  await writePair(location, png, sidecar);
  return sha256(png);
}

/** The hash of an image that has been deleted, as the sidecar of its mask has it. */
async function savedImageHash({ sidecar }: MaskLocation): Promise<string> {
  const text = await readIfThere(sidecar);
  const saved = text && readSidecar(new TextDecoder().decode(text));
  return saved && 'sidecar' in saved ? saved.sidecar.image.sha256 : unknownHash;
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
 * @throws Error naming the file, the reason and the remedy; the old files are then as they were
 */
async function writePair({ mask, sidecar }: MaskLocation, png: Uint8Array, text: string): Promise<void> {
  if (mask.scheme !== 'file')
    throw new Error(vscode.l10n.t('{0} was not saved: only folders of this machine can hold masks.', nameOf(mask)));
  try {
    await mkdir(path.dirname(mask.fsPath), { recursive: true });
    await writeAtomically(
      new Map<string, Uint8Array | string>([
        [mask.fsPath, png],
        [sidecar.fsPath, text],
      ]),
    );
  } catch (error) {
    if (error instanceof WriteError) throw writeError(vscode.Uri.file(error.file), error.cause);
    throw writeError(mask, error);
  }
}
