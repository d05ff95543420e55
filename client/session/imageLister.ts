import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { ListImagesRequest, type ListedImage } from '../../protocol/sessionMessages';
import type { Server } from '../server/server';

/** Tells the state of the masks of a folder's images. */
export interface ImageLister {
  /**
   * Lists images in parts. One may come a second time, when a longer look at it gives another result.
   * @param only the paths of the images, from the folder; undefined: all that are directly in it
   * @returns the paths of which there is no image
   * @throws Error with the reason why the folder cannot be listed
   */
  list(
    folder: vscode.Uri,
    only: readonly string[] | undefined,
    onPart: (images: readonly ListedImage[]) => void,
  ): Promise<readonly string[]>;
}

/** Lists images by the server. */
export class ServerLister implements ImageLister {
  constructor(private readonly server: Server) {}

  async list(...[folder, only, onPart]: Parameters<ImageLister['list']>): Promise<readonly string[]> {
    const token = randomUUID();
    const listener = this.server.onImages(part => {
      if (part.token === token) onPart(part.images);
    });
    try {
      const params = { folder: folder.toString(), ...(only && { images: [...only] }), token };
      return (await this.server.request(ListImagesRequest, params)).missing;
    } finally {
      listener.dispose();
    }
  }
}
