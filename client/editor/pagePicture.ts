import path from 'node:path';
import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import type { EditorHostMessage } from '../../protocol/editorPage';
import { HeaderRequest, PictureRequest } from '../../protocol/imageMessages';
import { readResult } from '../server/readResult';
import type { Server } from '../server/server';

type PictureMessage = Extract<EditorHostMessage, { type: 'picture' }>;
type InfoMessage = Extract<EditorHostMessage, { type: 'info' }>;

/** By file extension: the MIME types that every browser that hosts VS Code decodes in the displayed orientation. */
const browserTypes: Partial<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jpe': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
};

/**
 * Reads an image for the page: its bytes, or a PNG from the server where browsers do not decode the format (TIFF).
 * @throws Error naming the file when it cannot be read, or when it needs a server in an untrusted workspace
 */
export async function readPicture(image: vscode.Uri, server: Server): Promise<PictureMessage> {
  const name = path.posix.basename(image.path);
  const mime = browserTypes[path.posix.extname(name).toLowerCase()];
  if (mime !== undefined) {
    // A copy as a plain array: readFile may answer with a Buffer, which does not survive the way into a page.
    return { type: 'picture', name, mime, bytes: new Uint8Array(await vscode.workspace.fs.readFile(image)) };
  }
  if (!vscode.workspace.isTrusted)
    throw new Error(
      vscode.l10n.t('{0}: showing this format runs the segmentation server, which needs a trusted workspace.', name),
    );
  const { png, width, height } = await readResult(await server.request(PictureRequest, { uri: image.toString() }));
  return { type: 'picture', name, mime: 'image/png', width, height, bytes: new Uint8Array(Buffer.from(png, 'base64')) };
}

/**
 * Reads what the page shows about an image file: its size in bytes, and its header where the server may run. A `reason`
 * says why something is missing.
 */
export async function readInfo(image: vscode.Uri, server: Server): Promise<InfoMessage> {
  try {
    const { size } = await vscode.workspace.fs.stat(image);
    if (!vscode.workspace.isTrusted)
      return {
        type: 'info',
        bytes: size,
        header: null,
        reason: vscode.l10n.t(
          'More details of the file are shown in a trusted workspace, where the segmentation server may run.',
        ),
      };
    return await server.request(HeaderRequest, { uri: image.toString() }).then(
      header => ({ type: 'info', bytes: size, header }),
      (error: unknown) => ({ type: 'info', bytes: size, header: null, reason: reasonOf(error) }),
    );
  } catch (error) {
    return { type: 'info', bytes: null, header: null, reason: reasonOf(error) };
  }
}
