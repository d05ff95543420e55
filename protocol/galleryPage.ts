import * as z from 'zod';
import { parseFromPage } from './pageMessage';

/**
 * Messages between a gallery of results (in the extension host) and its page (a webview). Images are identified by
 * their index in the list.
 */

/** A message from the host to a gallery's page. */
export type GalleryHostMessage =
  /**
   * The images, without their masks yet; replaces all that is shown. The page keeps the URIs, from which the gallery is
   * made again when the window was reloaded; `notice` says what the results cannot show.
   */
  | { type: 'images'; images: { name: string; uri: string }[]; notice: string | null }
  /**
   * An image with its mask over it, how many regions the mask has, and how uncertain it is (see `uncertaintyOf`; null:
   * not known).
   */
  | {
      type: 'result';
      index: number;
      mime: 'image/webp' | 'image/png';
      bytes: Uint8Array;
      regions: number;
      uncertainty: number | null;
    }
  /** Why an image has no result. */
  | { type: 'failed'; index: number; message: string };

const galleryPageMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** Opens the mask editor of an image. */
  z.strictObject({ type: z.literal('open'), index: z.int().min(0) }),
]);

/** A message from a gallery's page to the host. */
export type GalleryPageMessage = z.infer<typeof galleryPageMessage>;

/** Checks a message from a gallery's page. @throws Error when the page may not send it */
export function parseGalleryPageMessage(untrusted: unknown): GalleryPageMessage {
  return parseFromPage(galleryPageMessage, untrusted, 'The results sent something unknown');
}

/** The maximum number of images of a gallery that is restored. */
const maxImages = 100_000;

const galleryState = z.object({
  images: z
    .array(z.string().regex(/^file:\/\//))
    .min(1)
    .max(maxImages),
});

/**
 * Reads the URIs of the images from the saved state of a gallery's page, which may have any shape; undefined where it
 * has none.
 */
export function parseGalleryState(untrusted: unknown): string[] | undefined {
  return galleryState.safeParse(untrusted).data?.images;
}
