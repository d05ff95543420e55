import * as z from 'zod';
import type { ClassInfo } from '../mask/classes/classInfo';
import { parseFromPage } from './pageMessage';
import type { TrainingPoint } from './trainingPoint';
import { trainingRunActions, type EvaluationResult, type TrainingRun } from './trainingRun';

/**
 * Messages between the training view's host (the extension host) and its page (a webview). The run's folder is the
 * truth; the page draws.
 */

/** A message from the host to the training view's page. */
export type TrainingHostMessage =
  /** The complete contents of a run, sent at the start and whenever earlier points are no longer valid. */
  | { type: 'contents'; run: TrainingRun; classes: ClassInfo[]; points: TrainingPoint[] }
  /** New points and messages of a run; `messages` are its remarks, a line each. */
  | { type: 'news'; run: TrainingRun; points: TrainingPoint[]; messages: string[] }
  /** A target picture as the network receives it (PNG). */
  | { type: 'picture'; picture: string; bytes: Uint8Array }
  /** The network's prediction for a target picture at a step: the classes in their colours (PNG). */
  | { type: 'prediction'; picture: string; step: number; bytes: Uint8Array }
  | { type: 'evaluation'; result: EvaluationResult }
  /** The work that is being done for the page; null when it has ended. */
  | { type: 'busy'; what: string | null }
  | { type: 'problem'; message: string };

const trainingAction = z.enum([
  ...trainingRunActions,
  'resume',
  'evaluate',
  'exportNetwork',
  'openExperiment',
  'openFolder',
]);

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
