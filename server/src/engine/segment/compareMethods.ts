import type { Settings } from '../../../../protocol/settings';
import { loadImage } from '../image/loadImage';
import { coloursOf } from '../formats/encodeOverlay';
import type { Cell, Figure, LegendEntry } from '../formats/figure/figure';
import { resultOf, type SegmentedImage, segmentImage, type SegmentServices, toSegmentation } from './segmentFile';
import type { StopSignals } from '../common/methodRun';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../../../mask/document/segmentation';

/** The segmentations of an image by both methods. */
export interface MethodComparison {
  readonly clustered: SegmentedImage;
  readonly adapted: SegmentedImage;
}

/**
 * Segments an image by both methods; the adapted network has the granularity at which a region is a class.
 * @throws as `segmentImage`
 */
export async function segmentByBothMethods(
  file: string,
  settings: Settings,
  services: SegmentServices,
  signals: StopSignals,
): Promise<MethodComparison> {
  const image = await loadImage(file, settings.limits, { view: settings.image });
  const segment = (changes: Partial<Settings>): Promise<SegmentedImage> =>
    resultOf(segmentImage(image, { ...settings, ...changes }, services, signals));
  return { adapted: await segment({ method: 'adapted', granularity: 0.5 }), clustered: await segment({}) };
}

/**
 * Makes the figure Input | Method 1 | Method 2, a row for each image, with the classes that Method 2 finds in them as
 * its legend.
 */
export function comparisonFigure(rows: readonly MethodComparison[]): Figure {
  const seen = new Map<string, LegendEntry>();
  const cells = rows.map(({ clustered, adapted }) => {
    const [clusteredMask, adaptedMask] = [documentOf(clustered), documentOf(adapted)];
    for (const { name, colour } of adaptedMask.view().labels) seen.set(name, { name, colour });
    return [{ picture: clustered.image.picture }, cellOf(clustered, clusteredMask), cellOf(adapted, adaptedMask)];
  });
  const first = rows[0]!;
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
  return new MaskDocument(stateFromSegmentation(toSegmentation(image)));
}

function cellOf({ image }: SegmentedImage, document: MaskDocument): Cell {
  return { picture: image.picture, mask: { labels: document.labelMap(), colours: coloursOf(document.view().labels) } };
}
