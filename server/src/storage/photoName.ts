import { isImageName } from '../../../mask/files/fileNames';
import { PlaceError } from './photoPlace';

/** The longest part of a path in bytes that file systems take. */
const longestPart = 255;

/**
 * Checks the path of a photo in its place, which may come from another process or from a bucket that anybody writes
 * into: it must lead to a photo within the place, and on this system to the file of that name.
 * @throws PlaceError
 */
export function checkPhotoName(photo: string, place: string): void {
  const problem = problemOf(photo);
  if (problem !== undefined)
    throw new PlaceError('unusable', `${JSON.stringify(photo)} in ${place} cannot be segmented: ${problem}`);
}

function problemOf(photo: string): string | undefined {
  const parts = photo.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..'))
    return 'its name has an empty part, "." or ".."; rename it';
  if (photo.includes('\0')) return 'its name has a zero byte; rename it';
  if (isWindows && parts.some(part => /[<>:"|?*\\\p{Cc}]|[. ]$/u.test(part)))
    return 'Windows allows no file of its name; rename it';
  if (parts.some(part => Buffer.byteLength(part) > longestPart))
    return `a part of its name is longer than ${longestPart} bytes; rename it`;
  return isImageName(parts.at(-1)!) ? undefined : 'its name is not that of a photo';
}

const isWindows = process.platform === 'win32';
