import * as z from 'zod';
import type { TrainingPageMessage } from '../../protocol/trainingView';

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('action'),
    action: z.enum(['pause', 'continue', 'stop', 'resume', 'evaluate', 'openExperiment', 'openFolder']),
  }),
]);

/** What the training view's page sent, checked. @throws Error when it is nothing that the page may ask */
export function parseTrainingMessage(untrusted: unknown): TrainingPageMessage {
  const parsed = message.safeParse(untrusted);
  if (!parsed.success) throw new Error(`The training view sent something unknown: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
