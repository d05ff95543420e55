import * as z from 'zod';
import type { MaskStatus } from '../mask/document/maskStatus';
import { progressToken, ServerRequest, uri } from './request';

/** Messages between client and server about learning from the approved masks of a folder, in rounds. */

/** A round of learning: a training run on the approved masks, and the proposals by its network. */
export interface LearningRoundInfo {
  /** From 1, in each folder. */
  number: number;
  /** The path of the experiment file. */
  experiment: string;
  /** The path of the folder of its training run. */
  run: string;
}

const folderParams = z.object({ folder: uri });

export interface PreparedRoundInfo extends LearningRoundInfo {
  /** The number of images that it learns from: with an approved mask, or with scribbles. */
  labelled: number;
  /** The round whose network it begins with. */
  after?: number;
}

/** Prepares the next round of a folder: writes its experiment file, which `AdaptRequest` trains. */
export const PrepareRoundRequest = new ServerRequest<typeof folderParams, PreparedRoundInfo>(
  'labelless/prepareRound',
  folderParams,
);

/** What became of an image: it has a proposal, it was left as a person made it, or it has none for a reason. */
export type ProposalOutcome = { image: string } & (
  { proposed: true; uncertainty: number } | { left: MaskStatus } | { error: string }
);

/** The maximum number of images of one request. */
const maxImages = 1_000_000;

const proposeParams = z.object({
  folder: uri,
  /** The number of the round; its network must have a checkpoint. */
  round: z.int().min(1),
  /** Paths from the folder, in the order in which they are wanted. */
  images: z.array(z.string()).min(1).max(maxImages),
  workDoneToken: progressToken.optional(),
});

/**
 * Proposes masks by the network of a round, for images that no person has touched, while nothing else is segmented.
 * What they replace is kept, so that the round can be undone. Cancelling leaves what is proposed by then.
 */
export const ProposeRequest = new ServerRequest<typeof proposeParams, { outcomes: ProposalOutcome[] }>(
  'labelless/propose',
  proposeParams,
);

export interface UndoneRound {
  number: number;
  /** Images, by their paths from the folder, that are as before the round. */
  restored: string[];
  /** Images whose mask a person, or a later round, has changed since: they stay as they are. */
  left: string[];
  /** Images that could not be given back, a line each. */
  failures: string[];
}

/** Takes the proposals of a folder's last round back. */
export const UndoRoundRequest = new ServerRequest<typeof folderParams, UndoneRound>(
  'labelless/undoRound',
  folderParams,
);
