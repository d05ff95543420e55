import { Draft } from './draft';
import type { MaskDocument } from './document';
import type { ForeignLabels } from './formats/labels';
import { maxNameLength, type LabelName } from './labelNames';
import { runsByValue } from './raster';
import { isBackground } from './shapes/named';
import { background, tidyProperties, type MaskState } from './state';

/** In the map of an import: pixels that no shape covers, those of background, and the first label's. */
const [untouched, erased, first] = [0, 1, 2];

/**
 * A mask with another program's labels laid over it. What they do not cover stays, and so do locked labels.
 * @param names whose colours labels of these names get, unless the file gives them one
 * @returns null when nothing would change
 * @throws Error for labels of another size, or for shapes that cannot be filled
 */
export function importLabels(
  document: MaskDocument,
  { width, height, shapes }: ForeignLabels,
  names: readonly LabelName[],
): MaskState | null {
  if (width !== document.width || height !== document.height) {
    throw new Error(`its labels are of ${width}×${height} pixels, the image has ${document.width}×${document.height}`);
  }
  const draft = new Draft(document);
  const map = new Uint16Array(width * height);
  const indices = new Map<string | number, number>();
  const targets: number[] = [];
  for (const { name, group, colour, fill } of shapes) {
    let index = isBackground(name) ? erased : indices.get(group);
    if (index === undefined) {
      indices.set(group, (index = first + targets.length));
      const shown = colour ?? names.find(one => one.name === name)?.colour;
      const title = name.trim().slice(0, maxNameLength);
      targets.push(
        draft.fresh(
          undefined,
          tidyProperties({ name: title, ...(shown !== undefined && { colour: shown }) }) ?? undefined,
        ),
      );
    }
    const value = index;
    fill((from, to) => {
      map.fill(value, from, to);
    });
  }
  for (const [index, runs] of runsByValue(map, untouched))
    draft.givePixels(runs, index === erased ? background : targets[index - first]);
  return draft.finish();
}
