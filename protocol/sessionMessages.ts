import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { maskStatuses, type MaskStatus } from '../mask/document/maskStatus';
import type { MaskOverview } from '../mask/files/maskOverview';
import { progressToken, ServerRequest, uri } from './request';

/** Messages between client and server about the images of a folder: their masks' status, and changing it. */

/** An image as a list of a folder shows it. Without a mask it has no labels and no classes. */
export interface ListedImage extends MaskOverview {
  /** Path from the folder, with `/` between its parts. */
  readonly path: string;
  readonly status: MaskStatus;
  /** Changes whenever the image, its mask or the mask's sidecar does. */
  readonly stamp: string;
  /**
   * What is wrong with the image's mask, a clause: its status is `none` where the mask cannot be used, for example as
   * it was made of another picture.
   */
  readonly problem?: string;
}

/** The maximum number of images of one request. */
const maxImages = 1_000_000;

const listImagesParams = z.object({
  folder: uri,
  /** Lists the images of the folder's folders, too. */
  recursive: z.boolean().default(false),
  /** Reads only these images again, by their paths from the folder: for example after their files changed. */
  images: z.array(z.string()).max(maxImages).optional(),
  /** Sends the images in parts as they are found, see `ImagesNotification`, in place of all in the answer. */
  token: progressToken.optional(),
});
export type ListImagesParams = z.input<typeof listImagesParams>;

export interface ListImagesResult {
  /** The images, sorted by path; empty where parts have told them. */
  images: ListedImage[];
  /** How many images there are. */
  count: number;
  /** The paths that were asked for and of which there is no image any more. */
  missing: string[];
  /** Folders that cannot be listed, a line each. */
  failures: string[];
}

/**
 * Lists the images of a folder with the state of their masks. Masks are looked for where the settings put them. The
 * first answer about a folder takes longer than later ones.
 */
export const ListImagesRequest = new ServerRequest<typeof listImagesParams, ListImagesResult>(
  'labelless/listImages',
  listImagesParams,
);

/**
 * A part of the answer to `ListImagesRequest`, named by its token. An image may come a second time, when a longer look
 * at it gives another result: the later one counts.
 */
export interface ImagesPart {
  token: z.infer<typeof progressToken>;
  images: ListedImage[];
}

export const ImagesNotification = new NotificationType<ImagesPart>('labelless/images');

const setStatusParams = z.object({
  folder: uri,
  images: z
    .array(
      z.object({
        /** Path from the folder. */
        path: z.string(),
        /** The stamp with which the image was listed: it is refused when its files have changed since. */
        stamp: z.string().optional(),
      }),
    )
    .min(1)
    .max(maxImages),
  /** `none` takes back the skipping of an image without labels. */
  status: z.enum(maskStatuses),
});
export type SetStatusParams = z.input<typeof setStatusParams>;

export interface SetStatusResult {
  /** The images that have the status now, as a list shows them. */
  images: ListedImage[];
  /** The images that were left as they are, and why: a clause each. */
  refused: { path: string; reason: string }[];
}

/**
 * Sets the status of images that no editor has open; that of others is an edit of their documents. Skipping an image
 * without a mask writes an empty one. What others save meanwhile is never lost: such an image is refused.
 */
export const SetStatusRequest = new ServerRequest<typeof setStatusParams, SetStatusResult>(
  'labelless/setStatus',
  setStatusParams,
);
