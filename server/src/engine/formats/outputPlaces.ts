import { existsSync } from 'node:fs';
import path from 'node:path';
import type { OutputNames } from '../../../../mask/files/fileNames';
import type { OutputFormat } from '../../../../protocol/names';

/**
 * The file by which an image's output in a format is known to be there, from the folder of the outputs; a folder for
 * `classes`. It was written together with the mask, all or nothing.
 */
function placeOf(format: OutputFormat, names: OutputNames): string {
  if (format === 'voc') return path.join(names.voc, 'SegmentationClass', `${names.stem}.png`);
  if (format === 'yolo') return path.join(names.yolo, 'labels', `${names.stem}.txt`);
  return names[format];
}

/** The first of some formats in which an image has no output. */
export function missingFormat(
  folder: string,
  formats: readonly OutputFormat[],
  names: OutputNames,
): OutputFormat | undefined {
  return formats.find(format => !existsSync(path.join(folder, placeOf(format, names))));
}
