import sharp from 'sharp';
import type { Picture } from './picture';

/** A picture as PNG, for programs that do not decode its own format. Fast rather than small. */
export async function toPng({ width, height, rgb }: Picture): Promise<Uint8Array> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 3 })
    .toBuffer();
}
