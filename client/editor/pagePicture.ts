import * as vscode from 'vscode';
import type { ImageView } from '../../mask/document/imageView';
import { reasonOf } from '../../mask/errors';
import { imageKindOf, isAnimatedPng, signatureLength, type ImageKind } from '../../mask/files/imageKinds';
import type { EditorHostMessage } from '../../protocol/editorPage';
import { HeaderRequest, PictureRequest, type ImageHeader } from '../../protocol/imageMessages';
import { readWhole } from '../common/localFiles';
import { nameOf } from '../common/maskLocations';
import { readResult } from '../server/readResult';
import type { Server } from '../server/server';

type PictureMessage = Extract<EditorHostMessage, { type: 'picture' }>;
type InfoMessage = Extract<EditorHostMessage, { type: 'info' }>;

/** The MIME types of the formats that every browser which hosts VS Code decodes. */
const browserTypes: Partial<Record<ImageKind, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  bmp: 'image/bmp',
  gif: 'image/gif',
  avif: 'image/avif',
};

/**
 * Reads an image for the page: its bytes where a browser decodes them to the picture that is segmented, else a PNG of
 * that picture from the server. The content of the file decides, not its name.
 * @throws Error naming the file when it cannot be read, or when it needs a server in an untrusted workspace
 */
export async function readPicture(image: vscode.Uri, server: Server, view?: ImageView): Promise<PictureMessage> {
  const reading = readWhole(image);
  reading.catch(() => undefined); // it is awaited below, if at all
  const header = vscode.workspace.isTrusted ? await readHeader(image, server, view) : undefined;
  if (header && !isShownAlike(header)) return readServerPicture(image, server, view);
  // A copy as a plain array: a Buffer does not survive the way into a page.
  const bytes = new Uint8Array(await reading);
  const kind = imageKindOf(bytes.subarray(0, signatureLength));
  if (kind === 'tiff' || (header && kind === 'png' && isAnimatedPng(bytes)))
    return readServerPicture(image, server, view);
  const mime = (kind && browserTypes[kind]) ?? 'image/png';
  return { type: 'picture', name: nameOf(image), mime, bytes, ...(header && sizeOf(header)) };
}

/**
 * Reads an image as the server decodes it, as PNG.
 * @throws Error naming the file when it cannot be read, or in an untrusted workspace
 */
export async function readServerPicture(image: vscode.Uri, server: Server, view?: ImageView): Promise<PictureMessage> {
  const name = nameOf(image);
  if (!vscode.workspace.isTrusted)
    throw new Error(
      vscode.l10n.t('{0}: showing this format runs the segmentation server, which needs a trusted workspace.', name),
    );
  const {
    png,
    width,
    height,
    header,
    range,
    view: shown,
  } = await readResult(await server.request(PictureRequest, { uri: image.toString(), ...(view && { view }) }));
  const { kind, channels: bands, depth, pages } = header;
  // Only such files hold values among which there is something to choose.
  const hasChoice = kind === 'tiff' || (kind === 'png' && depth > 8);
  return {
    type: 'picture',
    name,
    mime: 'image/png',
    width,
    height,
    bytes: new Uint8Array(Buffer.from(png, 'base64')),
    ...(hasChoice && { source: { kind, bands, pages, view: shown, ...(range && { range }) } }),
  };
}

/** The header of an image; none where the server does not read the image, which a browser may show all the same. */
async function readHeader(image: vscode.Uri, server: Server, view?: ImageView): Promise<ImageHeader | undefined> {
  return server.request(HeaderRequest, headerParams(image, view)).catch(() => undefined);
}

function headerParams(image: vscode.Uri, view: ImageView | undefined): { uri: string; view?: ImageView } {
  return { uri: image.toString(), ...(view && { view }) };
}

/**
 * Whether a browser shows such an image as the server decodes it. Browsers follow the EXIF orientation of JPEG alone;
 * values of more than 8 bits and inks are brought to the screen in ways of their own, and animations may move.
 */
export function isShownAlike({ kind, orientation = 1, depth, channels, pages }: ImageHeader): boolean {
  if (kind === 'tiff' || pages > 1 || depth > 8) return false;
  return kind === 'jpeg' ? channels <= 3 : orientation === 1;
}

function sizeOf({ width, height }: ImageHeader): { width: number; height: number } {
  return { width, height };
}

/**
 * Reads what the page shows about an image file: its size in bytes, and its header where the server may run. A `reason`
 * says why something is missing.
 */
export async function readInfo(image: vscode.Uri, server: Server, view?: ImageView): Promise<InfoMessage> {
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
    return await server.request(HeaderRequest, headerParams(image, view)).then(
      header => ({ type: 'info', bytes: size, header }),
      (error: unknown) => ({ type: 'info', bytes: size, header: null, reason: reasonOf(error) }),
    );
  } catch (error) {
    return { type: 'info', bytes: null, header: null, reason: reasonOf(error) };
  }
}
