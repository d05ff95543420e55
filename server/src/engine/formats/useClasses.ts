import type { MaskDocument } from '../../../../mask/document/maskDocument';
import type { OutputFormat } from '../../../../protocol/names';
import { classesOfImage } from '../common/classesOfImage';

/** The formats in which classes have names or numbers. */
export const classFormats: readonly OutputFormat[] = ['classes', 'coco', 'labelme', 'voc', 'yolo'];

/**
 * Gives a mask the class list of its image's folder, by which it is exported.
 * @returns what users must know, a clause each
 * @throws Error when there is a class file that cannot be used, and a format needs it: its classes would get other
 * numbers than in other images
 */
export async function useClasses(
  document: MaskDocument,
  image: string,
  formats: readonly OutputFormat[],
  values?: 'labels' | 'classes',
): Promise<string[]> {
  const found = await classesOfImage(image);
  if (!found) return [];
  if ('list' in found) {
    document.classes = found.list;
    return [];
  }
  const reason = `the class file ${found.file} cannot be used: ${found.problem}`;
  const needing = formats.filter(
    format => classFormats.includes(format) || (format === 'mask' && values === 'classes'),
  );
  if (needing.length > 0) throw new Error(`${reason}; correct it, since ${needing.join(' and ')} number classes by it`);
  return [`${reason}; names and colours are those of the last save`];
}
