import path from 'node:path';
import * as vscode from 'vscode';
import type { HostMessage } from '../../protocol/editor';
import { readResult } from '../server/results';
import type { Server } from '../server/server';

type PictureMessage = Extract<HostMessage, { type: 'picture' }>;

/** What every browser that hosts VS Code decodes by itself, in the displayed orientation. */
const browserTypes: Partial<Record<string, string>> = {
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.webp': 'image/webp', '.bmp': 'image/bmp', '.gif': 'image/gif', '.avif': 'image/avif',
};

/**
 * An image for the page: its own bytes, or a PNG made by the server where browsers do not decode the format (TIFF).
 * @throws Error naming the file when it cannot be read, or needs a server that the workspace does not trust to run.
 */
export async function readPicture(image: vscode.Uri, server: Server): Promise<PictureMessage> {
  const name = path.posix.basename(image.path);
  const mime = browserTypes[path.posix.extname(name).toLowerCase()];
  if (mime !== undefined) {
    // A copy as a plain array: readFile may answer with a Buffer, which does not survive the way into a page.
    return { type: 'picture', name, mime, bytes: new Uint8Array(await vscode.workspace.fs.readFile(image)) };
  }
  if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('{0}: showing this format runs the segmentation server, which needs a trusted workspace.', name));
  const { png, width, height } = await readResult(await server.picture(image.toString()));
  return { type: 'picture', name, mime: 'image/png', width, height, bytes: new Uint8Array(Buffer.from(png, 'base64')) };
}
