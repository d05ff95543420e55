import * as z from 'zod';
import type { CarriedLabels } from '../mask/document/carriedLabels';
import { progressToken, ServerRequest, uri } from './request';

/** Messages between client and server about series of images, in which one takes the labels of the one before. */

const labelledImage = z.object({
  uri,
  /** Its mask as a backup holds it, saved or not: see `toBackup`. */
  mask: z.string(),
});

const carryLabelsParams = z.object({
  previous: labelledImage,
  /** The image that takes the labels; its mask has a hierarchy. */
  next: labelledImage,
});

/** The number of the round of learning whose network took part; absent where none did. */
interface ByNetwork {
  round?: number;
}

/** The labels, and how sure they are of the whole image, in [0, 1]. */
export type CarryLabelsResult = CarriedLabels & ByNetwork & { readonly confidence: number };

/** Finds which regions of an image take which labels of the image before it. It writes nothing. */
export const CarryLabelsRequest = new ServerRequest<typeof carryLabelsParams, CarryLabelsResult>(
  'labelless/carryLabels',
  carryLabelsParams,
);

/** The maximum number of images of one request. */
const maxImages = 10_000;

const propagateParams = z.object({
  /** The image with the labels. */
  from: uri,
  /** The images after it, in order. */
  images: z.array(uri).min(1).max(maxImages),
  workDoneToken: progressToken.optional(),
});

export interface PropagateResult extends ByNetwork {
  /** The images that have a new proposal. */
  written: string[];
  /** The images that stay as they are, since a person worked on their masks. */
  kept: string[];
  /**
   * The image at which it stopped, and why: too small a share of its pixels would have the right label, as far as can
   * be estimated, or it cannot be given any.
   */
  stopped?: { uri: string } & ({ right: number } | { error: string });
  cancelled: boolean;
}

/**
 * Gives images of a series the labels of the image before each as proposals, and saves them, until it is unsure. An
 * image whose mask was edited, approved or skipped stays as it is; the labels of the first two go on from there.
 */
export const PropagateRequest = new ServerRequest<typeof propagateParams, PropagateResult>(
  'labelless/propagate',
  propagateParams,
);
