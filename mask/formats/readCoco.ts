import { toHex, type Rgb } from '../colours/colour';
import { asObject, labelName, statedLength, type Size } from './foreignLabels';
import { pathParts } from './imagePaths';
import { Remarks } from './remarks';

/** An annotation of a COCO file. */
export interface CocoAnnotation {
  /** What identifies it in messages: its id, or its place in the file. */
  readonly entry: string;
  /** The name of its category. */
  readonly name: string;
  /** `#rrggbb`, where its category has one. */
  readonly colour?: string;
  /** What is told of it when it is drawn, such as that its category is not listed. */
  readonly remark?: string;
  /** As in the file: a file may hold a million, which are looked at when their image is. */
  readonly segmentation: unknown;
}

/** The part of a COCO file that belongs to one image. It can be sent to a worker thread. */
export interface CocoPart extends Partial<Size> {
  readonly annotations: CocoAnnotation[];
}

/** A COCO file, divided by images. */
export interface CocoFile {
  /** The parts of the images, by `file_name`. Names that mean one path have one part, under the first of them. */
  readonly parts: ReadonlyMap<string, CocoPart>;
  /** The entries that were left out of all parts or taken for something, and why: a clause for people each. */
  readonly leftOut: readonly string[];
}

interface Category {
  readonly name: string;
  readonly colour?: string;
}

/**
 * Divides COCO's annotation file (Lin et al., ECCV 2014) by images. Entries that cannot be used are left out and named;
 * ids are compared as they are, of whatever type.
 * @param file parsed JSON
 * @throws Error, a clause for people, where there is no list of images
 */
export function readCoco(file: unknown): CocoFile {
  const { images, categories, annotations } = asObject(file) ?? {};
  if (!Array.isArray(images)) throw new Error('it has no list of images, as COCO annotations have');
  const remarks = new Remarks();
  const { parts, byId } = partsOf(images, remarks);
  const byCategory = categoriesOf(listOr(categories));
  for (const [index, value] of listOr(annotations).entries()) {
    const annotation = asObject(value);
    const entry = entryOf(annotation?.id, index);
    const imageId = annotation?.image_id;
    const part = byId.get(imageId);
    if (!annotation) remarks.add('annotation', entry, 'no object');
    else if (imageId === undefined || imageId === null) remarks.add('annotation', entry, 'without an image_id');
    else if (!part) remarks.add('annotation', entry, `no image with the id ${JSON.stringify(imageId)} is listed`);
    else {
      const { category_id: categoryId, segmentation } = annotation;
      part.annotations.push({ entry, segmentation, ...(byCategory.get(categoryId) ?? unlisted(categoryId)) });
    }
  }
  return { parts, leftOut: remarks.lines() };
}

function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What identifies an entry of a list in messages. */
function entryOf(id: unknown, index: number): string {
  return typeof id === 'number' || typeof id === 'string' ? String(id) : `at place ${index + 1}`;
}

function partsOf(
  images: readonly unknown[],
  remarks: Remarks,
): { parts: Map<string, CocoPart>; byId: Map<unknown, CocoPart> } {
  const parts = new Map<string, CocoPart>();
  const byPath = new Map<string, CocoPart>();
  const byId = new Map<unknown, CocoPart>();
  for (const [index, value] of images.entries()) {
    const image = asObject(value) ?? {};
    const { id, file_name: name } = image;
    if (typeof name !== 'string' || name.trim() === '') {
      remarks.add('image', entryOf(id, index), 'without a file_name');
      continue;
    }
    const [width, height] = [statedLength(image.width), statedLength(image.height)];
    const path = pathParts(name).join('/');
    let part = byPath.get(path);
    if (!part) {
      byPath.set(path, (part = { annotations: [], ...(width && { width }), ...(height && { height }) }));
      parts.set(name, part);
    }
    if (id === undefined || id === null) {
      remarks.add('image', name, 'without an id, so that no annotation belongs to it');
      continue;
    }
    const other = byId.get(id);
    // As COCO's own reader does, which keeps images in a dictionary.
    if (other && other !== part)
      remarks.add('image', name, 'an earlier image has the same id; its annotations are taken for this one');
    byId.set(id, part);
  }
  return { parts, byId };
}

function categoriesOf(categories: readonly unknown[]): Map<unknown, Category> {
  return new Map(
    categories.map((value): [unknown, Category] => {
      const { id, name, color } = asObject(value) ?? {};
      const colour = colourOf(color);
      return [id, { name: labelName(name) ?? unnamed(id), ...(colour !== undefined && { colour }) }];
    }),
  );
}

const noCategory = 'no category';

function unnamed(id: unknown): string {
  return typeof id === 'number' || typeof id === 'string' ? `category ${id}` : noCategory;
}

function unlisted(id: unknown): Category & Pick<CocoAnnotation, 'remark'> {
  const name = unnamed(id);
  const reason = name === noCategory ? 'without a category_id' : `the category ${JSON.stringify(id)} is not listed`;
  return { name, remark: `${reason}; labelled “${name}”` };
}

function colourOf(value: unknown): string | undefined {
  const isChannel = (channel: unknown) =>
    typeof channel === 'number' && Number.isInteger(channel) && channel >= 0 && channel <= 255;
  return Array.isArray(value) && value.length === 3 && value.every(isChannel)
    ? toHex(value as unknown as Rgb)
    : undefined;
}
