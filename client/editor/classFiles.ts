import * as vscode from 'vscode';
import { classFileName } from '../../mask/classes/classFileName';
import type { ClassFile } from '../../mask/files/classFile';
import { folderOf } from '../common/maskLocations';
import { nearestClassFile } from '../common/nearestClassFile';

/** Reads the class file that holds for an image; undefined where there is none, and for images not on this machine. */
export async function classFileOf(image: vscode.Uri): Promise<ClassFile | undefined> {
  if (image.scheme !== 'file') return undefined;
  return nearestClassFile(folderOf(image).fsPath);
}

/**
 * The files that can become or cease to be the class file of an image: those in its workspace folder, beside it, and
 * the one that holds now. One that appears above the workspace is found when the image is opened again.
 */
export function classFilePatterns(image: vscode.Uri, file: ClassFile | undefined): vscode.RelativePattern[] {
  const workspace = vscode.workspace.getWorkspaceFolder(image);
  const around = workspace
    ? new vscode.RelativePattern(workspace, `**/${classFileName}`)
    : new vscode.RelativePattern(folderOf(image), classFileName);
  const outside = file && !vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file.file));
  return [
    around,
    ...(outside ? [new vscode.RelativePattern(folderOf(vscode.Uri.file(file.file)), classFileName)] : []),
  ];
}
