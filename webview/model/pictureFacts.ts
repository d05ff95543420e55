import type { HostMessage } from '../../protocol/editor';
import { formatCount } from './format';

type Info = Extract<HostMessage, { type: 'info' }>;

const formats: Partial<Record<string, string>> = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', tiff: 'TIFF', bmp: 'BMP', gif: 'GIF', avif: 'AVIF' };

/** What EXIF's orientations 1 … 8 do to the stored pixels (TIFF 6.0, section 8; CIPA DC-008, 4.6.4). */
const orientations = [
  'upright as stored', 'mirrored left to right', 'turned by 180°', 'mirrored top to bottom', 'mirrored, then turned by 90° to the left',
  'turned by 90° to the right', 'mirrored, then turned by 90° to the right', 'turned by 90° to the left',
];

/** `812 bytes`, `34.1 kB`, `8.3 MB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What is known of the picture and its file, a name and a value each. Sizes in pixels. */
export function pictureFacts(size: { readonly width: number; readonly height: number }, info: Info | null): [name: string, value: string][] {
  const megapixels = (size.width * size.height) / 1e6;
  const facts: [string, string][] = [['Size', `${size.width} × ${size.height} (${megapixels.toFixed(megapixels < 1 ? 2 : 1)} megapixels)`]];
  if (!info) return facts;
  if (info.bytes !== null) facts.push(['File', formatBytes(info.bytes)]);
  if (!info.header) return facts;
  const { kind, channels, depth, pages, orientation } = info.header;
  facts.push(['Format', (formats[kind] ?? kind) + (pages > 1 ? `, ${pages} pages or frames, of which the first is shown` : '')]);
  facts.push(['Pixels', `${channels} channel${channels === 1 ? '' : 's'} of ${formatCount(depth, 'bit')}`]);
  facts.push(['Orientation', orientation === undefined ? 'not given by EXIF' : `${orientations[orientation - 1] ?? 'unknown'} (EXIF ${orientation})`]);
  return facts;
}
