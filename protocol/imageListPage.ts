import * as z from 'zod';
import { maskStatuses } from '../mask/document/maskStatus';
import { listOrders, type ListView, type SessionImage } from '../mask/session/imageList';

/**
 * Messages about a list of images, between the extension host and the pages that show it: the side bar's and the
 * gallery's. Images are named by their paths from the list's folder.
 */

/** A class of the list's folder, as a list names it. */
export interface ListedClass {
  readonly id: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

/** A message from the host about a list. */
export type ListHostMessage =
  /** The list, its images sorted as `sortByPath` does, or null while none is known; replaces all that is shown. */
  | {
      type: 'list';
      folder: string;
      images: readonly SessionImage[] | null;
      /** Whether more images are to come. */
      reading: boolean;
      view: ListView;
      classes: readonly ListedClass[];
      current: string | null;
    }
  /** Images that have been found besides. */
  | { type: 'more'; images: readonly SessionImage[]; reading: boolean }
  /** Images whose masks have changed. */
  | { type: 'changed'; images: readonly SessionImage[] }
  /** The classes of the list's folder, which have changed. */
  | { type: 'classes'; classes: readonly ListedClass[] }
  /** The filters and the order, as another page has set them. */
  | { type: 'view'; view: ListView }
  /** The image that the user looks at. */
  | { type: 'current'; path: string };

const listView = z.strictObject({
  text: z.string().max(1000),
  status: z.enum(maskStatuses).nullable(),
  class: z.int().min(0).max(254).nullable(),
  order: z.enum(listOrders),
});

/** Reads a view that was kept before the window was reloaded; undefined for anything else. */
export function parseListView(untrusted: unknown): ListView | undefined {
  return listView.safeParse(untrusted).data;
}

/** What any page with a list may send. */
export const listPageMessages = [
  z.strictObject({ type: z.literal('ready') }),
  /** Opens an image in the mask editor. */
  z.strictObject({ type: z.literal('open'), path: z.string().max(10_000) }),
  /** The user has changed the filters or the order. */
  z.strictObject({ type: z.literal('listView'), view: listView }),
] as const;
