import { FileChangeType } from 'vscode-languageserver/node';
import { HeaderRequest, PictureRequest, ReadLabelsRequest, ThumbnailRequest } from '../../../protocol/imageMessages';
import type { ServerContext } from './serverState';
import { handleRequest, requiredPath } from './requests';

/** Registers the requests about single images, and removes the problem of an image that is deleted. */
export function registerImages({ connection, lanes, settings, diagnostics }: ServerContext): void {
  handleRequest(connection, HeaderRequest, async ({ uri }, cancel) => {
    const path = requiredPath(uri);
    return lanes.images.run({ kind: 'header', path, settings: await settings.read(uri) }, { cancel });
  });
  handleRequest(connection, PictureRequest, async ({ uri }, cancel) => {
    const path = requiredPath(uri);
    return lanes.images.run({ kind: 'picture', path, settings: await settings.read(uri) }, { cancel });
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
