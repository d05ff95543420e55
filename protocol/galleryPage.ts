import * as z from 'zod';
import type { ListView } from '../mask/session/imageList';
import { listPageMessages, parseListView, type ListHostMessage } from './imageListPage';
import { parseFromPage } from './pageMessage';

/** Messages between a gallery (in the extension host) and its page (a webview). */

/**
 * What a gallery shows: the labelling session's images, or the images of a selection or a batch, by their URIs. The
 * page keeps it, so that the gallery can be made again when the window was reloaded.
 */
export type GallerySource = 'session' | readonly string[];

/** A message from the host to a gallery's page. */
export type GalleryHostMessage =
  | ListHostMessage
  /** What is shown, and a sentence about what it cannot show. */
  | { type: 'gallery'; source: GallerySource; notice: string | null }
  /** URIs that the images of a selection or a batch have besides now. */
  | { type: 'moreSource'; source: readonly string[] }
  /** A small picture of an image with its mask over it. */
  | { type: 'thumbnail'; path: string; mime: 'image/webp' | 'image/png'; bytes: Uint8Array }
  /** Why an image has no such picture. */
  | { type: 'failed'; path: string; message: string };

/** The most images in sight that a page may name at once. */
const maxInSight = 1000;

const galleryPageMessage = z.discriminatedUnion('type', [
  ...listPageMessages,
  /** The images in sight of which the page has no picture, those first that are needed first. Replaces those before. */
  z.strictObject({ type: z.literal('inSight'), paths: z.array(z.string().max(10_000)).max(maxInSight) }),
]);

/** A message from a gallery's page to the host. */
export type GalleryPageMessage = z.infer<typeof galleryPageMessage>;

/** Checks a message from a gallery's page. @throws Error when the page may not send it */
export function parseGalleryPageMessage(untrusted: unknown): GalleryPageMessage {
  return parseFromPage(galleryPageMessage, untrusted, 'The gallery sent something unknown');
}

/** What a gallery's page keeps while it is hidden and across reloads of the window. */
export interface GalleryState {
  readonly source: GallerySource;
  readonly view: ListView;
}

/** The maximum number of images of a gallery that is restored. */
export const mostImages = 100_000;

const galleryState = z.object({
  source: z.union([
    z.literal('session'),
    z
      .array(z.string().regex(/^file:\/\//))
      .min(1)
      .max(mostImages),
  ]),
  view: z.unknown().transform(parseListView),
});

/** Reads the saved state of a gallery's page, which may have any shape; undefined where it names no images. */
export function parseGalleryState(
  untrusted: unknown,
): { source: GallerySource; view?: ListView | undefined } | undefined {
  return galleryState.safeParse(untrusted).data;
}
