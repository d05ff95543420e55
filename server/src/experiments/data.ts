import path from 'node:path';
import type { Experiment } from '../engine/adaptation/experiment';

/** The part of an experiment that its data are judged by: where it is the same, so are the findings. */
export function dataPart({ source, target, classes, evaluation, training: { size, batch, backend }, network, adaptation: { strategy, levels } }: Experiment): unknown {
  return { source, target, classes, evaluation, size, batch, backend, network, strategy, levels };
}

/** The folders and files that an experiment's data lie in, absolute. */
export function dataPlaces({ source, target, evaluation, network }: Experiment, base: string): string[] {
  const labelled = [source, ...(evaluation ? [evaluation] : [])].flatMap(({ root, images, labels }) => {
    const named = [images, labels].filter(place => place !== undefined);
    return named.length < 2 ? [root, ...named.map(place => path.join(root, place))] : named.map(place => path.resolve(root, place));
  });
  return [...labelled, ...(target ? [target.images] : []), ...(network.pretrained === undefined ? [] : [network.pretrained])].map(place => path.resolve(base, place));
}
