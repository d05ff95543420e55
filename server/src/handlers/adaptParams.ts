import * as z from 'zod';
import { folder, token, uri } from './params';

/** Shapes of the parameters of messages about training runs. */

export const adaptParams = z.object({
  uri,
  mode: z.enum(['new', 'resume', 'replace']).default('new'),
  workDoneToken: token.optional(),
});
export const runParams = z.object({ folder });
export const listParams = z.object({ folders: z.array(folder) });
export const followParams = z.object({ folder, follow: z.boolean() });
export const controlParams = z.object({ folder, action: z.enum(['pause', 'continue', 'stop']) });
export const evaluateParams = z.object({
  folder,
  checkpoint: z.enum(['last', 'best']).default('last'),
  workDoneToken: token.optional(),
});
