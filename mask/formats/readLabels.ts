import { cocoLabels } from './cocoLabels';
import { asObject, checkLabelCount, type ForeignLabels, type Size } from './foreignLabels';
import { matchImagePaths } from './imagePaths';
import { readCoco, type CocoFile, type CocoPart } from './readCoco';
import { labelmeLabels, readLabelme } from './readLabelme';

/**
 * Reads the labels of an image from a file of LabelMe, or from a COCO annotation file. What cannot be used is left out
 * and named.
 * @param file parsed JSON
 * @param image absolute path of the image, by which a COCO file's entry is found
 * @param size of the image
 * @throws Error, a clause for people, with the reason why the file cannot be used; DrawingBudgetError
 */
export function readLabels(file: unknown, image: string, size: Size): ForeignLabels {
  const labels = labelsOf(file, image, size);
  checkLabelCount(labels);
  return labels;
}

function labelsOf(file: unknown, image: string, size: Size): ForeignLabels {
  const content = asObject(file) ?? {};
  if ('shapes' in content) return labelmeLabels(readLabelme(file), size);
  if (!('annotations' in content) && !('images' in content))
    throw new Error('it is neither a file of LabelMe nor COCO annotations');
  const coco = readCoco(file);
  const { shapes, leftOut } = cocoLabels(partOf(coco, image), size);
  return { shapes, leftOut: [...leftOut, ...coco.leftOut] };
}

/** The part of an image. @throws Error where none, or more than one, could be its part */
function partOf({ parts }: CocoFile, image: string): CocoPart {
  const { namesOf, ambiguous } = matchImagePaths([{ file: image }], parts.keys());
  const [name] = namesOf.get(image) ?? [];
  const part = name === undefined ? undefined : parts.get(name);
  if (part) return part;
  const own = image.split(/[\\/]/).at(-1)!;
  if (ambiguous.length === 0) throw new Error(`it lists no image called ${own}`);
  const named = `${ambiguous.slice(0, 3).join(', ')}${ambiguous.length > 3 ? ', …' : ''}`;
  throw new Error(`it lists ${ambiguous.length} images that ${own} could be, in other folders than it is: ${named}`);
}
