import path from 'node:path';
import { defaultSettings } from '../../protocol/settings';
import { PretrainedFeatures } from '../../server/src/engine/adaptation/networks/pretrainedFeatures';
import { ModelCache } from '../../server/src/engine/adaptation/prediction/modelCache';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import type { Picture } from '../../server/src/engine/image/picture';
import { openSight } from '../../server/src/engine/learning/openSight';
import type { RoundSeen, SeriesSight } from '../../server/src/engine/series/seriesSight';

/** By what labels are carried: colours and textures, the pretrained encoder's features too, or a network besides. */
export const ways = ['colours', 'features', 'network'] as const;
export type Way = (typeof ways)[number];

/**
 * Opens what networks tell in each way. A picture is looked at once.
 * @param folder that a network learned from, with its round
 */
export async function openWays(folder: string, threads: number): Promise<Record<Way, SeriesSight>> {
  const backend = await openBackend('cpu', { threads });
  const encoder = new PretrainedFeatures(backend);
  const all = openSight({
    settings: defaultSettings,
    services: { openBackend: () => Promise.resolve(backend), models: new ModelCache() },
    openEncoder: () => Promise.resolve(encoder),
    cancel: new AbortController().signal,
    warn: message => {
      throw new Error(message);
    },
  });
  const features = oncePerPicture(all.features);
  const seen = new WeakMap<Picture, Promise<RoundSeen | undefined>>();
  const classes: SeriesSight['classes'] = (file, picture) => {
    const known = seen.get(picture) ?? all.classes(path.join(folder, path.basename(file)), picture);
    seen.set(picture, known);
    return known;
  };
  const nothing = () => Promise.resolve(undefined);
  return {
    colours: { features: nothing, classes: nothing },
    features: { features, classes: nothing },
    network: { features, classes },
  };
}

function oncePerPicture<Seen>(look: (picture: Picture) => Promise<Seen>): (picture: Picture) => Promise<Seen> {
  const seen = new WeakMap<Picture, Promise<Seen>>();
  return picture => {
    const known = seen.get(picture) ?? look(picture);
    seen.set(picture, known);
    return known;
  };
}
