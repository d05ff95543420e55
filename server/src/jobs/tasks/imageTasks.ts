import sharp from 'sharp';
import type { EncodedPicture, Thumbnail } from '../../../../protocol/imageMessages';
import type { MaybeInFile } from '../../../../protocol/request';
import { heightAt, type Cell } from '../../engine/formats/figure/figure';
import { maskedRow } from '../../engine/formats/figure/maskFigure';
import { blend } from '../../engine/formats/encodeOverlay';
import { toPng } from '../../engine/image/picture';
import { readImageHeader } from '../../engine/image/imageHeader';
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
 * Draws a small picture of an image with its mask, if it has one, over it. @throws ImageError when the image cannot be
 * read or does not fit its mask
 */
export async function drawThumbnail({ path, mask, settings }: ThumbnailTask): Promise<Thumbnail> {
  const { picture, mask: drawn } = await smallCell(path, mask, settings);
  const rgb = drawn ? blend(picture, drawn.labels, drawn.colours, opacity) : picture.rgb;
  const webp = await sharp(rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .webp({ quality: 85 })
    .toBuffer();
  return { webp: webp.toString('base64') };
}

async function smallCell(path: string, mask: string | null, settings: ThumbnailTask['settings']): Promise<Cell> {
  const { limits, image } = settings;
  if (mask !== null) return (await maskedRow(path, fromBackup(mask, limits.megapixels * 1e6), settings, width)).masked;
  const header = await readImageHeader(path, limits, image.page);
  return loadImage(path, limits, { size: [width, heightAt(width, header)], view: image });
}
