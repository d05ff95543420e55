import sharp from 'sharp';
import { maskedRow } from '../../engine/formats/figure/maskFigure';
import { blend } from '../../engine/formats/encodeOverlay';
import { openSent } from '../../engine/formats/maskFiles';
import type { TaskResults, ThumbnailTask } from '../messages';

/** Pixels; how strongly labels cover the picture. */
const [width, opacity] = [320, 0.5];

/** An image small, its mask over it. @throws ImageError for an image that cannot be read or does not fit its mask */
export async function drawThumbnail({
  path,
  mask,
  settings: { limits },
}: ThumbnailTask): Promise<TaskResults['thumbnail']> {
  const { masked } = await maskedRow(path, openSent(mask, limits), limits, width);
  const { picture, mask: drawn } = masked;
  const rgb = drawn ? blend(picture, drawn.labels, drawn.colours, opacity) : picture.rgb;
  const webp = await sharp(rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .webp({ quality: 85 })
    .toBuffer();
  return { webp: webp.toString('base64') };
}
