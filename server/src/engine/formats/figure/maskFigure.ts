import type { MaskDocument } from '../../../../../mask/document/maskDocument';
import { viewOf } from '../../../../../mask/document/segmentationRecord';
import { readImageHeader, type ReadingSettings } from '../../image/imageHeader';
import { loadImage } from '../../image/loadImage';
import { coloursOf } from '../encodeOverlay';
import { checkMaskFits } from '../imageMask';
import { heightAt, nearest, type Cell, type Figure, type LegendEntry } from './figure';

/** An image with its mask, as a row of a figure shows them. */
export interface MaskedRow {
  readonly input: Cell;
  readonly masked: Cell;
  readonly names: readonly LegendEntry[];
  readonly method: string | undefined;
}

/**
 * Reads an image and its mask at a column's width, so that many rows need little memory.
 * @param width pixels
 * @throws ImageError for a file that cannot be read, is above a limit, or is of another size than its mask
 */
export async function maskedRow(
  file: string,
  document: MaskDocument,
  { limits, image }: ReadingSettings,
  width: number,
): Promise<MaskedRow> {
  const view = viewOf(document.state.run, image);
  const info = await readImageHeader(file, limits, view.page);
  checkMaskFits(file, info, document);
  const height = heightAt(width, info);
  const { picture } = await loadImage(file, limits, { size: [width, height], view });
  const mask = {
    labels: nearest(document.labelMap(), info, width, height),
    colours: coloursOf(document.view().labels),
  };
  return {
    input: { picture },
    masked: { picture, mask },
    names: namesOf(document),
    method: document.state.run?.method,
  };
}

/**
 * Makes the figure Input | Mask, a row for each image, with the names that users or networks gave to labels as its
 * legend.
 */
export function maskFigure(rows: readonly MaskedRow[]): Figure {
  const methods = new Set(rows.map(({ method }) => method));
  const [only] = methods;
  const names = new Map(rows.flatMap(row => row.names.map(entry => [`${entry.name} ${entry.colour}`, entry])));
  return {
    columns: [{ title: 'Input' }, { title: 'Mask', ...(methods.size === 1 && only !== undefined && { detail: only }) }],
    rows: rows.map(({ input, masked }) => [input, masked]),
    legend: [...names.values()],
  };
}

/** Lists the labels that users or networks named. */
function namesOf(document: MaskDocument): LegendEntry[] {
  const given = document.view().labels.filter(({ representative }) => document.isNamed(representative));
  return given.map(({ name, colour }) => ({ name, colour }));
}
