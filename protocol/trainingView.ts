import type { ClassView, EvaluationResult, RunAction, RunDescription, TrainingPoint } from './adapt';

/**
 * Messages between the training view's host (the extension host) and its page (a webview). The run's folder is the
 * truth; the page draws.
 */

/** Host → page. */
export type TrainingHostMessage =
  /** A run as its folder has it, at the start and whenever points were taken back. */
  | { type: 'contents'; run: RunDescription; classes: ClassView[]; points: TrainingPoint[] }
  /** What is new; `messages` are lines that the run had to say. */
  | { type: 'news'; run: RunDescription; points: TrainingPoint[]; messages: string[] }
  /** A target picture as the network sees it (PNG). */
  | { type: 'picture'; picture: string; bytes: Uint8Array }
  /** The network's answer to a target picture at a step: classes in their colours (PNG). */
  | { type: 'prediction'; picture: string; step: number; bytes: Uint8Array }
  | { type: 'evaluation'; result: EvaluationResult }
  /** A request is at work, or no more. */
  | { type: 'busy'; what: string | null }
  | { type: 'problem'; message: string };

/** What a page may ask for. */
export type TrainingAction = RunAction | 'resume' | 'evaluate' | 'openExperiment' | 'openFolder';

/** Page → host, untrusted. */
export type TrainingPageMessage = { type: 'ready' } | { type: 'action'; action: TrainingAction };
