import * as z from 'zod';
import type { GalleryPageMessage } from '../../protocol/gallery';

const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('open'), index: z.int().min(0) }),
]);

/** What a gallery's page sent, checked. @throws Error when it is nothing that the page may ask */
export function parseGalleryMessage(untrusted: unknown): GalleryPageMessage {
  const parsed = message.safeParse(untrusted);
  if (!parsed.success) throw new Error(`The results sent something unknown: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** As many images as are brought back. */
const maxImages = 100_000;
const state = z.object({
  images: z
    .array(z.string().regex(/^file:\/\//))
    .min(1)
    .max(maxImages),
});

/** The URIs of the images in what a gallery's page kept, of any shape; undefined where there are none. */
export function parseGalleryState(untrusted: unknown): string[] | undefined {
  return state.safeParse(untrusted).data?.images;
}
