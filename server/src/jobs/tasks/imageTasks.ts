import sharp from 'sharp';
import type { EncodedPicture, Thumbnail } from '../../../../protocol/imageMessages';
import type { MaybeInFile } from '../../../../protocol/request';
import { maskedRow } from '../../engine/formats/figure/maskFigure';
import { blend } from '../../engine/formats/encodeOverlay';
import { toPng } from '../../engine/image/picture';
import { loadImage } from '../../engine/image/loadImage';
import type { PictureTask, ThumbnailTask } from '../jobMessages';
import { largeToFile } from '../largeResults';
import type { TaskContext } from './taskContext';
import { fromBackup } from '../../../../mask/files/maskFiles';

/** Decodes an image file and encodes it as PNG in its displayed orientation. @throws ImageError */
export async function encodePicture(
  { path, settings }: PictureTask,
  { folder }: Pick<TaskContext, 'folder'>,
): Promise<MaybeInFile<EncodedPicture>> {
  const { picture, header, range } = await loadImage(path, settings.limits, { view: settings.image });
  const png = Buffer.from(await toPng(picture)).toString('base64');
  return largeToFile(
    {
      png,
      width: picture.width,
      height: picture.height,
      header,
      view: settings.image,
      ...(range && { range: { low: range.low, high: range.high } }),
    },
    folder,
  );
}

/** The maximum width in pixels. */
const width = 320;
/** The opacity of the labels over the picture. */
const opacity = 0.5;

/**
 * Draws a small picture of an image with its mask over it. @throws ImageError when the image cannot be read or does not
 * fit its mask
 */
export async function drawThumbnail({ path, mask, settings }: ThumbnailTask): Promise<Thumbnail> {
  const { masked } = await maskedRow(path, fromBackup(mask, settings.limits.megapixels * 1e6), settings, width);
  const { picture, mask: drawn } = masked;
  const rgb = drawn ? blend(picture, drawn.labels, drawn.colours, opacity) : picture.rgb;
  const webp = await sharp(rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .webp({ quality: 85 })
    .toBuffer();
  return { webp: webp.toString('base64') };
}
