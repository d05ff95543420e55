import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WriteError, writeTogether } from '../../files/atomic';
import { nameOf, type MaskPlace } from './places';

const reasons: Partial<Record<string, () => string>> = {
  EACCES: () => vscode.l10n.t('no permission to write there. Change the permission, or set labelless.output.folder.'),
  EPERM: () => vscode.l10n.t('no permission to write there. Change the permission, or set labelless.output.folder.'),
  EROFS: () => vscode.l10n.t('the disk is read-only. Set labelless.output.folder to a place that can be written.'),
  ENOSPC: () => vscode.l10n.t('the disk is full. Make room and save again.'),
  EDQUOT: () => vscode.l10n.t('the disk quota is used up. Make room and save again.'),
};

function writeError(file: vscode.Uri, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code]?.() ?? (error instanceof Error ? error.message : String(error));
  return new Error(vscode.l10n.t('{0} was not saved: {1}', nameOf(file), reason), { cause: error });
}

/**
 * Writes a mask and its sidecar together, whole or not at all. `workspace.fs.rename` deletes its target first and so
 * cannot promise that; masks are local files, and these have an atomic rename.
 * @throws Error naming the file, the reason and the remedy; then the old files are as they were.
 */
export async function writePair({ mask, sidecar }: MaskPlace, png: Uint8Array, text: string): Promise<void> {
  if (mask.scheme !== 'file')
    throw new Error(vscode.l10n.t('{0} was not saved: only folders of this machine can hold masks.', nameOf(mask)));
  try {
    await mkdir(path.dirname(mask.fsPath), { recursive: true });
    await writeTogether(
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
