import { cut } from '../../mask/regions/cut';
import type { Hierarchy } from '../../mask/regions/hierarchy';
import type { RegionMap } from '../../mask/regions/regionMap';
import { defaultSettings } from '../../protocol/settings';
import type { Photo } from './photos';

/** What is compared: a program that segments a photo at each of its settings. */
export interface Method {
  readonly name: string;
  readonly settings: readonly string[];
  /** The one that a user has who changes nothing. */
  readonly usual?: string;
  /** The photo's label maps by setting. */
  readonly segment: (photo: Photo) => Promise<Segmented>;
}

interface Segmented {
  readonly maps: readonly Uint16Array[];
  /** Of all settings together where one run gives them all, else of one. */
  readonly seconds: number;
  /** Of processor time, which other programs on the machine change little. */
  readonly processor: number;
  /** What the published number of iterations would have taken, where fewer were run. */
  readonly extrapolated?: number | undefined;
}

/** A segmentation that can be cut at any granularity. */
export interface Cuttable {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  readonly extrapolated?: number | undefined;
}

const granularities = Array.from({ length: 21 }, (_, i) => i / 20);

/** Cuts one hierarchy at 21 granularities. */
export function cutting(name: string, segment: (photo: Photo) => Promise<Cuttable>): Method {
  return {
    name,
    settings: granularities.map(granularity => granularity.toFixed(2)),
    usual: defaultSettings.granularity.toFixed(2),
    segment: async photo => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      const { regions, hierarchy, extrapolated } = await segment(photo);
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(before);
      const maps = granularities.map(granularity => {
        const { labelOf } = cut(hierarchy, granularity);
        return regions.ids.map(id => labelOf[id]);
      });
      return { maps, seconds, processor: (user + system) / 1e6, extrapolated };
    },
  };
}
