import * as z from 'zod';
import type { ClassInfo } from '../mask/classes';
import { parseFromPage } from './pageMessage';
import type { EvaluationResult, TrainingPoint, TrainingRun } from './trainingRun';

/**
 * Messages between the training view's host (the extension host) and its page (a webview). The run's folder is the
 * truth; the page draws.
 */

/** A message from the host to the training view's page. */
export type TrainingHostMessage =
  /** A run as its folder has it, at the start and whenever points were taken back. */
  | { type: 'contents'; run: TrainingRun; classes: ClassInfo[]; points: TrainingPoint[] }
  /** What is new; `messages` are remarks of the run, a line each. */
  | { type: 'news'; run: TrainingRun; points: TrainingPoint[]; messages: string[] }
  /** A target picture as the network sees it (PNG). */
  | { type: 'picture'; picture: string; bytes: Uint8Array }
  /** The network's prediction for a target picture at a step: classes in their colours (PNG). */
  | { type: 'prediction'; picture: string; step: number; bytes: Uint8Array }
  | { type: 'evaluation'; result: EvaluationResult }
  /** What is being done for the page, or null when that has ended. */
  | { type: 'busy'; what: string | null }
  | { type: 'problem'; message: string };

const trainingAction = z.enum(['pause', 'continue', 'stop', 'resume', 'evaluate', 'openExperiment', 'openFolder']);

/** An action that a user chooses in the training view. */
export type TrainingAction = z.infer<typeof trainingAction>;

const trainingPageMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('action'), action: trainingAction }),
]);

/** A message from the training view's page to the host. */
export type TrainingPageMessage = z.infer<typeof trainingPageMessage>;

/** Checks a message from the training view's page. @throws Error when the page may not send it */
export function parseTrainingPageMessage(untrusted: unknown): TrainingPageMessage {
  return parseFromPage(trainingPageMessage, untrusted, 'The training view sent something unknown');
}
