import path from 'node:path';
import type { Experiment } from '../engine/adaptation/experiment';

/** The part of an experiment that its data are judged by: where it is the same, so are the findings. */
export function dataPart({
  source,
  target,
  classes,
  evaluation,
  training: { size, batch, backend },
  network,
  adaptation: { strategy, levels },
}: Experiment): unknown {
  return { source, target, classes, evaluation, size, batch, backend, network, strategy, levels };
}

/** The folders and files that an experiment's data lie in, absolute. */
export function dataPlaces({ source, target, evaluation, network }: Experiment, base: string): string[] {
  const labelled = [source, ...(evaluation ? [evaluation] : [])].flatMap(({ root, images, labels }) => {
    const at = path.resolve(base, root);
    // A layout's own folders lie somewhere below the root.
    return images === undefined || labels === undefined ? [at] : [path.resolve(at, images), path.resolve(at, labels)];
  });
  const others = [target?.images, network.pretrained].flatMap(place =>
    place === undefined ? [] : [path.resolve(base, place)],
  );
  return [...labelled, ...others];
}
