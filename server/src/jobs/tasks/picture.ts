import { toPng } from '../../engine/image/picture';
import { readPicture } from '../../engine/image/read';
import type { MaybeInFile } from '../../../../protocol/request';
import type { EncodedPicture } from '../../../../protocol/imageMessages';
import type { PictureTask } from '../messages';
import { spillLarge } from '../spill';
import type { TaskContext } from './run';

/** Decodes an image file and encodes it as PNG, as a browser shows it. Throws {@link ImageError}. */
export async function encodePicture(
  { path, settings }: PictureTask,
  { folder }: Pick<TaskContext, 'folder'>,
): Promise<MaybeInFile<EncodedPicture>> {
  const picture = await readPicture(path, settings.limits);
  const png = Buffer.from(await toPng(picture)).toString('base64');
  return spillLarge({ png, width: picture.width, height: picture.height }, folder);
}
