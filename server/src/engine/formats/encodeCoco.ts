import { createHash } from 'node:crypto';
import path from 'node:path';
import { version } from '../../../../package.json';
import { fromHex, type Rgb } from '../../../../mask/colours/colour';
import type { Contour } from '../../../../mask/shapes/contours';
import { parseJson } from '../../../../mask/files/json';
import { runLengthsOf } from '../../../../mask/shapes/runLengths';
import { boxOf, type EncodedFiles, type ExportSource } from './exportSource';

interface Category {
  id: number;
  name: string;
  supercategory: '';
  color: Rgb;
}

/**
 * The annotations of several images in COCO's format (Lin et al., ECCV 2014): an annotation a label, a category a name.
 * Of images with a class list, the list's classes are the categories, by their ids, in every image.
 * A label with a hole is run lengths, since COCO's polygons can only add; others are polygons on the corners of pixels.
 * Categories have their colour, as COCO's panoptic ones do: that of the first label of the name.
 */
export class CocoAnnotations {
  private readonly images: object[] = [];
  private readonly annotations: object[] = [];
  private readonly categories = new Map<string, Category>();

  /** Adds the labels of an image. @param name the name or path by which readers find the image's file */
  add(source: ExportSource, name: string): void {
    const { width, height } = source;
    const classes = source.classes();
    for (const { id, name: title } of classes) this.checkId(id, title);
    const image = this.images.push({ id: this.images.length + 1, file_name: name, width, height });
    for (const one of classes) {
      if (!this.categories.has(one.name))
        this.categories.set(one.name, {
          id: one.id ?? this.freeId(),
          name: one.name,
          supercategory: '',
          color: fromHex(one.colour),
        });
    }
    const contours = source.contours();
    for (const label of source.classified) {
      const exact = contours.get(label.value)!;
      const own = exact.every(({ area }) => area > 0) ? source.polygons().get(label.value)! : exact;
      const { left, top, right, bottom } = boxOf(own);
      this.annotations.push({
        id: this.annotations.length + 1,
        image_id: image,
        category_id: this.categories.get(label.name)!.id,
        iscrowd: 0,
        area: own.reduce((sum, { area }) => sum + area, 0),
        bbox: [left, top, right - left, bottom - top],
        segmentation: segmentationOf(source, label.value, own),
      });
    }
  }

  /** @throws Error when images with other class files gave a class's id to another category, or it another id */
  private checkId(id: number | undefined, name: string): void {
    if (id === undefined) return;
    const other = [...this.categories.values()].find(category => (category.id === id) !== (category.name === name));
    if (!other) return;
    throw new Error(
      `its class file gives ‘${name}’ the id ${id}, and images before it have ‘${other.name}’ as ${other.id}; ` +
        'export images of one class file at once',
    );
  }

  private freeId(): number {
    return Math.max(0, ...[...this.categories.values()].map(({ id }) => id)) + 1;
  }

  /** Encodes the annotations as the file's text. @throws Error when it is longer than a string can be */
  toText(description: string): string {
    const { images, annotations } = this;
    try {
      const content = { images, categories: [...this.categories.values()], annotations };
      return JSON.stringify({ info: { description, labelless: version, sha256: hashOf(content) }, ...content });
    } catch (error) {
      throw new Error(
        `${annotations.length} annotations of ${images.length} images are too much for one COCO file; ` +
          'export fewer images at once',
        { cause: error },
      );
    }
  }
}

/**
 * Returns whether Labelless wrote a file's content, and nothing that it says of images was changed since. Files of
 * earlier versions have no hash.
 */
export function isOwnCoco(file: Buffer): boolean {
  try {
    const { info, images, categories, annotations } = parseJson(file) as Record<string, unknown> & {
      info?: { labelless?: unknown; sha256?: unknown };
    };
    if (info?.labelless === undefined) return false;
    return info.sha256 === undefined || info.sha256 === hashOf({ images, categories, annotations });
  } catch {
    return false;
  }
}

function hashOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Encodes the mask of one image as COCO. */
export function encodeCoco(source: ExportSource, file: string): EncodedFiles {
  const name = path.basename(source.image.file);
  const set = new CocoAnnotations();
  set.add(source, name);
  return { files: new Map([[file, set.toText(`Labels of ${name}`)]]), lost: source.withoutClass };
}

function segmentationOf({ map, width, height }: ExportSource, value: number, contours: readonly Contour[]) {
  if (contours.every(({ area }) => area > 0)) return contours.map(({ points }) => points);
  return { size: [height, width], counts: runLengthsOf(map, value, boxOf(contours), width, height) };
}
