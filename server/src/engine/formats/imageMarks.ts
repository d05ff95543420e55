import sharp from 'sharp';

/** The EXIF `Software` of the pictures that Labelless writes, so that it replaces no picture but its own. */
const software = {
  overlay: 'Labelless overlay',
  classMask: 'Labelless class',
  figure: 'Labelless figure',
} as const;

type MarkedImage = keyof typeof software;

/** Makes the EXIF tags, as sharp takes them, that mark a picture as written by Labelless. */
export function exifMark(kind: MarkedImage) {
  return { IFD0: { Software: software[kind] } };
}

/** Returns whether a file's content is a picture of the given kind that Labelless wrote. */
export async function isMarked(file: Uint8Array, kind: MarkedImage): Promise<boolean> {
  const { exif } = await sharp(file)
    .metadata()
    .catch(() => ({ exif: undefined }));
  return exif?.includes(software[kind]) ?? false;
}
