import { MaskDocument } from '../../../../../mask/document';
import { stateFromRun } from '../../../../../mask/run';
import { runResult, type SegmentedImage } from '../../segmentFile';
import type { Cell, Figure } from './figure';
import type { LegendEntry } from './legend';

/** An image as both methods segment it. */
export interface Compared { readonly clustered: SegmentedImage; readonly adapted: SegmentedImage }

/** The figure Input | Method 1 | Method 2, a row an image, with the classes that Method 2 sees in them as its legend. */
export function compareMethods(rows: readonly Compared[]): Figure {
  const seen = new Map<string, LegendEntry>();
  const cells = rows.map(({ clustered, adapted }) => {
    const [one, two] = [clustered, adapted].map(documentOf);
    for (const { name, colour } of two.view().labels) seen.set(name, { name, colour });
    return [{ picture: clustered.image.picture }, cellOf(clustered, one), cellOf(adapted, two)];
  });
  const [first] = rows;
  const classes = first.adapted.segmentation.model?.classes ?? [];
  return {
    columns: [
      { title: 'Input' },
      { title: 'Method 1', detail: first.clustered.summary.method },
      { title: 'Method 2', ...(first.adapted.summary.model !== undefined && { detail: first.adapted.summary.model }) },
    ],
    rows: cells,
    legend: classes.flatMap(({ name }) => seen.get(name) ?? []),
  };
}

function documentOf(image: SegmentedImage): MaskDocument {
  return new MaskDocument(stateFromRun(runResult(image)));
}

function cellOf({ image }: SegmentedImage, document: MaskDocument): Cell {
  return { picture: image.picture, mask: { labels: document.labelMap(), colours: new Map(document.view().labels.map(({ value, colour }) => [value, colour])) } };
}
