/**
 * Messages between a gallery of results (in the extension host) and its page (a webview). Images are named by their
 * place in the list.
 */

/** Host → page. */
export type GalleryHostMessage =
  /**
   * The images, without their masks yet; begins anew. The page keeps the URIs, of which the gallery is made again when
   * the window was reloaded; `notice` says what the results cannot show.
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

/** Page → host, untrusted. */
export type GalleryPageMessage = { type: 'ready' } | { type: 'open'; index: number };
