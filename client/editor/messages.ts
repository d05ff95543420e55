import { z } from 'zod';
import type { PageMessage } from '../../protocol/editor';

const value = z.int().min(1).max(0xffff);
const edit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granularity'), granularity: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('rename'), value, name: z.string().max(200) }),
  z.strictObject({ kind: z.literal('recolour'), value, colour: z.string().regex(/^#[0-9a-f]{6}$/i) }),
  z.strictObject({ kind: z.literal('lock'), value, locked: z.boolean() }),
]);
const message = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  z.strictObject({ type: z.literal('edit'), edit }),
  z.strictObject({ type: z.literal('segment') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('cancel') }),
]);

/**
 * What a page sent, checked: nothing that comes from a page is trusted.
 * @throws Error naming what is wrong with it.
 */
export function parsePageMessage(untrusted: unknown): PageMessage {
  const result = message.safeParse(untrusted);
  if (result.success) return result.data;
  const { path, message: reason } = result.error.issues[0];
  throw new Error(path.length > 0 ? `${path.join('.')}: ${reason}` : reason);
}
