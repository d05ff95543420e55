import path from 'node:path';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';

/** The film and the number of a frame, by its file's name: `0016E5_07959.jpg`. */
function frameOf({ image }: LabelledItem): { film: string; frame: number } {
  const found = /^(.*?)_f?(\d+)\.\w+$/.exec(path.basename(image));
  return { film: found?.[1] ?? image, frame: Number(found?.[2] ?? 0) };
}

/** How many frames of the film lie between two items; infinite for those of different films. */
export function framesBetween(a: LabelledItem, b: LabelledItem): number {
  const [first, second] = [frameOf(a), frameOf(b)];
  return first.film === second.film ? second.frame - first.frame : Infinity;
}

/** Frames that a person might label in turn: each with up to `length` that come after it in its film. */
export function seriesOf(items: readonly LabelledItem[], length: number): LabelledItem[][] {
  const all: LabelledItem[][] = [];
  for (let start = 0; start + 1 < items.length; start += length) {
    const own = items.slice(start, start + length + 1);
    const end = own.findIndex((item, index) => index > 0 && framesBetween(own[index - 1]!, item) === Infinity);
    const series = end < 0 ? own : own.slice(0, end);
    if (series.length > 1) all.push(series);
  }
  return all;
}

/** The name and the id of each class, as the labels of a mask have them. */
export function classProperties({ definitions }: ClassList): { class: number; name: string; colour: string }[] {
  return definitions.map(({ name, colour }, index) => ({ class: index, name, colour }));
}
