import * as l10n from '@vscode/l10n';
import type { EditorHostMessage } from '../../../protocol/editorPage';
import { countChannels, formatDecimal } from '../../common/numberFormat';

type Info = Extract<EditorHostMessage, { type: 'info' }>;

const formats: Partial<Record<string, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  tiff: 'TIFF',
  bmp: 'BMP',
  gif: 'GIF',
  avif: 'AVIF',
};

/** What EXIF's orientations 1 … 8 do to the stored pixels (TIFF 6.0, section 8; CIPA DC-008, 4.6.4). */
const orientations = [
  l10n.t('upright as stored'),
  l10n.t('mirrored left to right'),
  l10n.t('turned by 180°'),
  l10n.t('mirrored top to bottom'),
  l10n.t('mirrored, then turned by 90° to the left'),
  l10n.t('turned by 90° to the right'),
  l10n.t('mirrored, then turned by 90° to the right'),
  l10n.t('turned by 90° to the left'),
];

/** `812 bytes`, `34.1 kB`, `8.3 MB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return l10n.t('{0} bytes', bytes);
  return bytes < 1e6 ? `${formatDecimal(bytes / 1e3, 1)} kB` : `${formatDecimal(bytes / 1e6, 1)} MB`;
}

/** The facts about the picture and its file: a name and a value each. Sizes are in pixels. */
export function pictureFacts(
  size: { readonly width: number; readonly height: number },
  info: Info | null,
): [name: string, value: string][] {
  const megapixels = (size.width * size.height) / 1e6;
  const facts: [string, string][] = [
    [
      l10n.t('Size'),
      l10n.t('{0} × {1} ({2} megapixels)', size.width, size.height, formatDecimal(megapixels, megapixels < 1 ? 2 : 1)),
    ],
  ];
  if (!info) return facts;
  if (info.bytes !== null) facts.push([l10n.t('File'), formatBytes(info.bytes)]);
  if (!info.header) return facts;
  const { kind, channels, depth, pages, orientation } = info.header;
  const format = formats[kind] ?? kind;
  facts.push([
    l10n.t('Format'),
    pages > 1 ? l10n.t('{0}, {1} pages or frames, of which one is shown', format, pages) : format,
  ]);
  facts.push([l10n.t('Pixels'), l10n.t('{0} of {1} bits', countChannels(channels), depth)]);
  facts.push([
    l10n.t('Orientation'),
    orientation === undefined
      ? l10n.t('not given by EXIF')
      : l10n.t('{0} (EXIF {1})', orientations[orientation - 1] ?? l10n.t('unknown'), orientation),
  ]);
  return facts;
}

/** The number of labels with an area of at least `from` and below `to` pixels. */
export interface AreaBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** The edges of bins, `1, 3, 10, 30, 100 …`: about equally far apart on a logarithmic scale, and easy to read. */
function binEdge(step: number): number {
  return (step % 2 === 0 ? 1 : 3) * 10 ** Math.floor(step / 2);
}

function stepOf(area: number): number {
  let step = 0;
  while (binEdge(step + 1) <= area) step++;
  return step;
}

/**
 * Counts labels by area on a logarithmic scale, from the bin of the smallest one to the bin of the largest one. Areas
 * are in pixels; those of 0 are left out.
 */
export function areaHistogram(areas: readonly number[]): AreaBin[] {
  const steps = areas.filter(area => area > 0).map(stepOf);
  if (steps.length === 0) return [];
  const first = steps.reduce((least, step) => Math.min(least, step));
  const last = steps.reduce((most, step) => Math.max(most, step));
  const bins = Array.from({ length: last - first + 1 }, (_, at) => ({
    from: binEdge(first + at),
    to: binEdge(first + at + 1),
    count: 0,
  }));
  for (const step of steps) bins.at(step - first)!.count++;
  return bins;
}
