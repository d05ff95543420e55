import { cut } from '../../mask/cut';
import type { Hierarchy } from '../../mask/hierarchy';
import type { RegionMap } from '../../mask/regions';
import { joinRows, overlap } from '../../server/src/engine/metrics/overlap';
import { meanScores, scores, type Scores } from '../../server/src/engine/metrics/scores';
import type { Photo } from './photos';

export const granularities = Array.from({ length: 21 }, (_, i) => i / 20);

/** One photo's scores by granularity. */
export interface Curve { readonly id: string; readonly scores: readonly Scores[]; readonly counts: readonly number[]; readonly seconds: number }

export type Segmenter = (photo: Photo) => Promise<{ regions: RegionMap; hierarchy: Hierarchy }>;

/** Segments the photo and scores the cuts at all granularities against every truth. */
export async function evaluatePhoto(photo: Photo, segment: Segmenter): Promise<Curve> {
  const start = performance.now();
  const { regions, hierarchy } = await segment(photo);
  const seconds = (performance.now() - start) / 1000;
  const bases = photo.truths.map(truth => overlap(regions.ids, truth));
  const cuts = granularities.map(granularity => cut(hierarchy, granularity));
  return {
    id: photo.id, seconds, counts: cuts.map(({ count }) => count),
    scores: cuts.map(({ labelOf, count }) => meanScores(bases.map(base => scores(joinRows(base, labelOf.map(label => label - 1), count))))),
  };
}
