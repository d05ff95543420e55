import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { imageFiles } from './imageFiles';
import type { StatusReader } from './statusReader';

/** An image that a batch may segment. */
export interface BatchImage {
  /** Absolute path. */
  readonly file: string;
  /** The folder of its outputs. */
  readonly output: string;
  /** Whether a user named the image itself, not only a folder that it is in. */
  readonly named: boolean;
}

/**
 * Whether a batch segments an image whose mask has a status: one of those asked for, or else any that a user named, and
 * in a folder those that nobody has approved or skipped.
 */
export function isChosen(status: MaskStatus, named: boolean, only?: ReadonlySet<MaskStatus>): boolean {
  if (only) return only.has(status);
  return named || (status !== 'approved' && status !== 'skipped');
}

/** Separates the images that a batch segments from those that it leaves as they are. */
export async function chooseImages<Image extends BatchImage>(
  images: readonly Image[],
  reader: StatusReader,
  only?: ReadonlySet<MaskStatus>,
): Promise<{ chosen: Image[]; leftOut: { image: Image; status: MaskStatus }[] }> {
  const chosen: Image[] = [];
  const leftOut: { image: Image; status: MaskStatus }[] = [];
  const outputs = new Map(images.map(({ file, output }) => [file, output]));
  const filesOf = imageFiles('', file => outputs.get(file)!);
  for (const [index, image] of images.entries()) {
    if (index % 100 === 99) await new Promise(setImmediate); // looks wait for the disk: others get their turn
    if (!only && image.named) {
      chosen.push(image);
      continue;
    }
    const status = (await reader.read(filesOf(image.file)))?.status ?? 'none';
    if (isChosen(status, image.named, only)) chosen.push(image);
    else leftOut.push({ image, status });
  }
  return { chosen, leftOut };
}
