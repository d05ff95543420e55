/** Messages between a gallery of results (in the extension host) and its page (a webview). Images are named by their place in the list. */

/** Host → page. */
export type GalleryHostMessage =
  /** The images, without their masks yet; begins anew. */
  | { type: 'images'; names: string[] }
  /** An image with its mask over it (WebP), and how many regions the mask has. */
  | { type: 'result'; index: number; bytes: Uint8Array; regions: number }
  /** Why an image has no result. */
  | { type: 'failed'; index: number; message: string };

/** Page → host, untrusted. */
export type GalleryPageMessage = { type: 'ready' } | { type: 'open'; index: number };
