import { type PixelRuns, strokeRuns } from '../regions/pixelRuns';
import { MaskDocument } from './maskDocument';
import type { MaskState } from './maskState';
import { maxScribbleLabels, maxScribbles, scribbleLabels, type Scribble } from './scribbles';
import { StateBuilder } from './stateBuilder';

/**
 * A segmentation's state with a label for each label of the scribbles that guided it: the regions that the segmentation
 * found for it, and the pixels of its strokes. Locked labels stay.
 * @param classes by region: the number of its class, `noClass` for none
 */
export function withScribbleLabels(state: MaskState, scribbles: readonly Scribble[], classes: Uint8Array): MaskState {
  const labels = scribbleLabels(scribbles);
  const drawn = scribbles.map(({ name, size, points }) => ({
    class: labels.findIndex(label => label.name === name),
    runs: strokeRuns(points, size, state.regions),
  }));
  return { ...withClassLabels(state, labels, classes, drawn), scribbles };
}

/**
 * A segmentation's state with a label for each class: the regions of the class, and the pixels drawn for it.
 * @param classes by region: the number of its class, `noClass` for none
 * @param drawn pixels and their class; later entries lie over earlier ones
 */
export function withClassLabels(
  state: MaskState,
  labels: readonly { readonly name: string; readonly colour: string }[],
  classes: Uint8Array,
  drawn: readonly { readonly class: number; readonly runs: PixelRuns }[],
): MaskState {
  const builder = new StateBuilder(new MaskDocument(state));
  const targets = labels.map(({ name, colour }) => builder.newRegion(undefined, { name, colour }));
  targets.forEach((target, index) => {
    builder.giveRegions(
      [...classes.keys()].filter(region => classes[region] === index),
      target,
    );
  });
  for (const { class: index, runs } of drawn) builder.givePixels(runs, targets[index]);
  return builder.finish() ?? state;
}

/** The state with one more scribble. @throws Error when there are too many */
export function addScribble(state: MaskState, { name, colour, size, points }: Scribble): MaskState {
  const scribbles = [...(state.scribbles ?? []), { name, colour, size, points }];
  if (scribbles.length > maxScribbles)
    throw new Error(`More than ${maxScribbles} scribbles are not possible. Take some away first.`);
  if (scribbleLabels(scribbles).length > maxScribbleLabels)
    throw new Error(`Scribbles of more than ${maxScribbleLabels} labels are not possible.`);
  return { ...state, scribbles };
}

/** The state without some scribbles; null when it has none of them. */
export function removeScribbles(state: MaskState, indices: readonly number[]): MaskState | null {
  const before = state.scribbles ?? [];
  const scribbles = before.filter((_, at) => !indices.includes(at));
  return scribbles.length < before.length ? { ...state, scribbles } : null;
}
