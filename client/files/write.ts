import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import writeFileAtomic from 'write-file-atomic';
import { nameOf } from './places';

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
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. `workspace.fs.rename`
 * deletes its target first and so cannot promise that; masks are local files, and these have an atomic rename.
 * @throws Error naming the file, the reason and the remedy; then the old file is as it was.
 */
export async function writeWhole(file: vscode.Uri, content: Uint8Array | string): Promise<void> {
  if (file.scheme !== 'file') throw new Error(vscode.l10n.t('{0} was not saved: only folders of this machine can hold masks.', nameOf(file)));
  try {
    await mkdir(path.dirname(file.fsPath), { recursive: true });
    await writeFileAtomic(file.fsPath, typeof content === 'string' ? content : Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  } catch (error) {
    throw writeError(file, error);
  }
}
