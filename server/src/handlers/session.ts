import {
  ImagesNotification,
  ListImagesRequest,
  SetStatusRequest,
  type ImagesPart,
  type ListedImage,
} from '../../../protocol/sessionMessages';
import { handleRequest, requiredPath } from './requests';
import type { ServerContext } from './serverState';

/** Registers the requests about the images of a folder and the status of their masks. */
export function registerSession({ connection, lanes, settings }: ServerContext): void {
  handleRequest(connection, ListImagesRequest, async ({ folder: uri, recursive, images, token }, cancel) => {
    const found = new Map<string, ListedImage>();
    const tell = (part: ListedImage[]) => {
      const message: ImagesPart | undefined = token === undefined ? undefined : { token, images: part };
      if (message) void connection.sendNotification(ImagesNotification.method, message);
      else for (const image of part) found.set(image.path, image);
    };
    const folder = requiredPath(uri, 'folder');
    const task = { kind: 'listImages' as const, folder, recursive, images, settings: await settings.read(uri) };
    const rest = await lanes.session.run(task, {
      cancel,
      onEvent: event => {
        if (event.type === 'listed') tell(event.images);
      },
    });
    return { images: [...found.values()], ...rest };
  });

  handleRequest(connection, SetStatusRequest, async ({ folder: uri, images, status }, cancel) => {
    const folder = requiredPath(uri, 'folder');
    const task = { kind: 'setStatus' as const, folder, images, status, settings: await settings.read(uri) };
    // Somebody waits for it: not behind a list, which is long in the making where pictures have changed.
    return lanes.inspection.run(task, { cancel }, 1);
  });
}
