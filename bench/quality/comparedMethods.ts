import { cut } from '../../mask/regions/cut';
import type { Hierarchy } from '../../mask/regions/hierarchy';
import type { RegionMap } from '../../mask/regions/regionMap';
import { type ClusteringMethodName, defaultSettings, type Settings } from '../../protocol/settings';
import type { MethodProgress, MethodResult } from '../../server/src/engine/common/methodRun';
import { segmentPicture } from '../../server/src/engine/clustering/methods/segmentPicture';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import type { Backend } from '../../server/src/engine/backend/session';
import type { Photo } from './photos';

/** A method to compare: a program that segments a photo at each of its settings. */
export interface Method {
  readonly name: string;
  readonly settings: readonly string[];
  /** The setting of a user who changes nothing. */
  readonly defaultSetting?: string;
  /** The photo's label maps by setting. */
  readonly segment: (photo: Photo) => Promise<Segmented>;
}

interface Segmented {
  readonly maps: readonly Uint16Array[];
  /** Seconds for all settings where one run gives them all, else for one. */
  readonly seconds: number;
  /** Seconds of processor time, which other programs on the machine change little. */
  readonly processor: number;
  /** The seconds that the published number of iterations would have taken, where fewer were run. */
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
    defaultSetting: defaultSettings.granularity.toFixed(2),
    segment: async photo => {
      const [start, before] = [performance.now(), process.cpuUsage()];
      const { regions, hierarchy, extrapolated } = await segment(photo);
      const seconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(before);
      const maps = granularities.map(granularity => {
        const { labelOf } = cut(hierarchy, granularity);
        return regions.ids.map(id => labelOf[id]!);
      });
      return { maps, seconds, processor: (user + system) / 1e6, extrapolated };
    },
  };
}

let backend: Promise<Backend> | undefined;

function start({ picture }: Photo, settings: Settings, method: ClusteringMethodName = 'clustering') {
  const never = new AbortController().signal;
  const open = () => (backend ??= openBackend('cpu', { threads: settings.limits.threads }));
  return segmentPicture(picture, method, settings, open, { stop: never, cancel: never });
}

/** The hierarchy of the first progress, from colour alone. */
async function firstMask(photo: Photo, settings: Settings): Promise<Cuttable> {
  const first = await start(photo, settings).next();
  if (first.done) throw new Error('The run ended without progress');
  return first.value;
}

async function segmentPhoto(photo: Photo, settings: Settings, method?: ClusteringMethodName): Promise<MethodResult> {
  const run = start(photo, settings, method);
  let next: IteratorResult<MethodProgress, MethodResult>;
  do next = await run.next();
  while (!next.done);
  return next.value;
}

/** A published method, with fewer iterations than published where the settings say so. */
function published(method: 'superpixel' | 'continuity') {
  return async (photo: Photo, settings: Settings): Promise<Cuttable> => {
    const began = performance.now();
    const result = await segmentPhoto(photo, settings, method);
    const share = settings[method].iterations / defaultSettings[method].iterations;
    const isCut = share < 1 && result.iterations === settings[method].iterations;
    return { ...result, extrapolated: isCut ? (performance.now() - began) / 1000 / share : undefined };
  };
}

/** The methods that can be compared, by name. */
export const variants: Readonly<Record<string, (photo: Photo, settings: Settings) => Promise<Cuttable>>> = {
  clustering: (photo, settings) => segmentPhoto(photo, settings),
  colour: firstMask,
  superpixel: published('superpixel'),
  continuity: published('continuity'),
};
