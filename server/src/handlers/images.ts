import { FileChangeType } from 'vscode-languageserver/node';
import { HeaderRequest, PictureRequest, ReadLabelsRequest, ThumbnailRequest } from '../../../protocol/imageMessages';
import type { ImageView } from '../../../mask/document/imageView';
import type { Settings } from '../../../protocol/settings';
import type { ServerContext } from './serverState';
import { handleRequest, requiredPath } from './requests';

/** Registers the requests about single images, and removes the problem of an image that is deleted. */
export function registerImages({ connection, lanes, settings, diagnostics }: ServerContext): void {
  const viewed = async (uri: string, view: ImageView | undefined): Promise<Settings> => {
    const read = await settings.read(uri);
    return view ? { ...read, image: view } : read;
  };
  handleRequest(connection, HeaderRequest, async ({ uri, view }, cancel) => {
    const path = requiredPath(uri);
    return lanes.images.run({ kind: 'header', path, settings: await viewed(uri, view) }, { cancel });
  });
  handleRequest(connection, PictureRequest, async ({ uri, view }, cancel) => {
    const path = requiredPath(uri);
    return lanes.images.run({ kind: 'picture', path, settings: await viewed(uri, view) }, { cancel });
  });
  handleRequest(connection, ThumbnailRequest, async ({ uri, mask }, cancel) => {
    const path = requiredPath(uri);
    return lanes.inspection.run({ kind: 'thumbnail', path, mask, settings: await settings.read(uri) }, { cancel });
  });
  handleRequest(connection, ReadLabelsRequest, async ({ uri, file: fileUri }, cancel) => {
    const [path, file] = [requiredPath(uri), requiredPath(fileUri)];
    const task = { kind: 'readLabels' as const, path, file, settings: await settings.read(uri) };
    return lanes.inspection.run(task, { cancel });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) if (type === FileChangeType.Deleted) diagnostics.clear(uri);
  });
}
