import * as z from 'zod';
import { maskStatuses } from '../mask/document/maskStatus';
import { listOrders, type ListView, type SessionImage } from '../mask/session/imageList';
import { parseFromPage } from './pageMessage';

/**
 * Messages between the list of a labelling session (in the extension host) and its page (a webview in the side bar).
 * Images are named by their paths from the session's folder.
 */

/** A class of the session's folder, as the list names it. */
export interface SessionClass {
  readonly id: number;
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

/** A message from the host to the list's page. */
export type SessionHostMessage =
  /** There is no session: the page offers to begin one. */
  | { type: 'noSession' }
  /** The session's images, sorted as `sortByPath` does, or null while they load; replaces all that is shown. */
  | {
      type: 'session';
      folder: string;
      images: readonly SessionImage[] | null;
      view: ListView;
      classes: readonly SessionClass[];
      current: string | null;
    }
  /** Images whose masks have changed. */
  | { type: 'changed'; images: readonly SessionImage[] }
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

const sessionPageMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** Asks the user for a folder to label. */
  z.strictObject({ type: z.literal('labelFolder') }),
  /** Opens an image in the mask editor. */
  z.strictObject({ type: z.literal('open'), path: z.string().max(10_000) }),
  /** The user has changed the filters or the order. */
  z.strictObject({ type: z.literal('listView'), view: listView }),
]);

/** A message from the list's page to the host. */
export type SessionPageMessage = z.infer<typeof sessionPageMessage>;

/** Checks a message from the list's page. @throws Error when the page may not send it */
export function parseSessionPageMessage(untrusted: unknown): SessionPageMessage {
  return parseFromPage(sessionPageMessage, untrusted, 'The list of images sent something unknown');
}
