import * as z from 'zod';

/** What the list of a labelling session shows of learning from its masks. */
export type LearningShown =
  /** Nothing is under way. */
  | { phase: 'none' }
  /** A network is being trained on the approved masks. */
  | { phase: 'training'; round: number; step: number; steps: number; paused: boolean }
  /** Masks are being proposed; `count` is how many will have been. */
  | { phase: 'proposing'; round: number; done: number; count: number };

/** What the user asks for about learning, in the list of a session. */
export const learningActions = ['learn', 'stop', 'curves'] as const;
export type LearningAction = (typeof learningActions)[number];

export const learningActionSchema = z.enum(learningActions);
