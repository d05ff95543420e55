import * as z from 'zod';

const side = z.int().min(1).max(0xffff);

/** What an edit asks for is checked by `editFromRequest`, against the mask that it is for. */
const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('info') }),
  z.strictObject({ type: z.literal('compareWith') }),
  z.strictObject({ type: z.literal('stopComparing') }),
  z.strictObject({ type: z.literal('edit'), edit: z.looseObject({ kind: z.string() }), id: z.int().min(0).optional() }),
  z.strictObject({ type: z.literal('begin'), width: side, height: side }),
  z.strictObject({ type: z.literal('segment') }),
  z.strictObject({ type: z.literal('segmentScribbles') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('cancel') }),
]);

/** A message from a page whose envelope is sound; an edit's content is still unknown. */
export type CheckedMessage = z.infer<typeof message>;

/**
 * What a page sent, checked: nothing that comes from a page is trusted.
 * @throws Error naming what is wrong with it.
 */
export function parsePageMessage(untrusted: unknown): CheckedMessage {
  const result = message.safeParse(untrusted);
  if (!result.success) throw new Error(z.prettifyError(result.error));
  return result.data;
}
