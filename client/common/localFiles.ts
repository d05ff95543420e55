import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { readRegularFile } from '../../files/regularFile';

/**
 * Files as they are read on the way to the screen. VS Code's own functions ask the window before each call, which
 * answers late while it makes a page; so files of this machine are read without them.
 */

/** The largest file in bytes that is read. */
export const largestFile = 1e9;

/**
 * Reads a file whole.
 * @throws ReadError for a file of this machine, vscode.FileSystemError for others
 */
export async function readWhole(file: vscode.Uri): Promise<Uint8Array> {
  return file.scheme === 'file' ? readRegularFile(file.fsPath, largestFile) : vscode.workspace.fs.readFile(file);
}

/** Tells whether a file is still the same: its size and its times; `-` where it does not exist. */
export async function stampOf(file: vscode.Uri): Promise<string> {
  const found = file.scheme === 'file' ? statLocal(file.fsPath) : vscode.workspace.fs.stat(file);
  return Promise.resolve(found).then(
    ({ mtime, ctime, size }) => `${mtime} ${ctime} ${size}`,
    () => '-',
  );
}

async function statLocal(file: string): Promise<{ mtime: number; ctime: number; size: number }> {
  const { mtimeMs, ctimeMs, size } = await stat(file);
  return { mtime: mtimeMs, ctime: ctimeMs, size };
}

/** The names of the files in a folder; none where the folder does not exist. */
export async function namesIn(folder: vscode.Uri): Promise<string[]> {
  try {
    return await (folder.scheme === 'file' ? localNames(folder.fsPath) : foreignNames(folder));
  } catch {
    return [];
  }
}

async function localNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const isLinkedFile = (name: string) =>
    stat(path.join(folder, name)).then(
      found => found.isFile(),
      () => false,
    );
  const linked = await Promise.all(
    entries.map(async entry => entry.isSymbolicLink() && (await isLinkedFile(entry.name))),
  );
  return entries.filter((entry, index) => entry.isFile() || linked[index]).map(({ name }) => name);
}

async function foreignNames(folder: vscode.Uri): Promise<string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  return entries.filter(([, type]) => (type & vscode.FileType.File) !== 0).map(([name]) => name);
}
