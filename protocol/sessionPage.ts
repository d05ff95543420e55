import * as z from 'zod';
import { listPageMessages, type ListHostMessage } from './imageListPage';
import { learningActionSchema, type LearningShown } from './learningShown';
import { parseFromPage } from './pageMessage';

/**
 * Messages between the list of a labelling session (in the extension host) and its page (a webview in the side bar).
 */

/** A message from the host to the list's page. */
export type SessionHostMessage =
  /** There is no session: the page offers to begin one. */
  | { type: 'noSession' }
  | ListHostMessage
  /** What is learned from the masks of the session. */
  | { type: 'learning'; learning: LearningShown };

const sessionPageMessage = z.discriminatedUnion('type', [
  ...listPageMessages,
  /** Asks the user for a folder to label. */
  z.strictObject({ type: z.literal('labelFolder') }),
  /** Learns from the approved masks, ends what is under way, or shows the curves of the training. */
  z.strictObject({ type: z.literal('learning'), action: learningActionSchema }),
]);

/** A message from the list's page to the host. */
export type SessionPageMessage = z.infer<typeof sessionPageMessage>;

/** Checks a message from the list's page. @throws Error when the page may not send it */
export function parseSessionPageMessage(untrusted: unknown): SessionPageMessage {
  return parseFromPage(sessionPageMessage, untrusted, 'The list of images sent something unknown');
}
