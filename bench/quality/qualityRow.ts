import type { ImageScores } from '../../server/src/engine/metrics/imageScores';

/** The result of one method for one photo. */
export interface Row {
  readonly method: string;
  readonly photo: string;
  /** The version of everything else that the result depends on. */
  readonly version: string;
  readonly seconds: number;
  readonly processor: number;
  readonly extrapolated?: number | undefined;
  /** By setting: the scores. */
  readonly scores: readonly ImageScores[];
}
