import path from 'node:path';
import { version } from '../../../../package.json';
import { fromHex } from '../../../../mask/colour';
import type { Contour } from '../../../../mask/shapes/contours';
import { runLengthsOf } from '../../../../mask/shapes/runLengths';
import { boxOf, type Encoded, type ExportSource } from './source';

/**
 * COCO (Lin et al., ECCV 2014) for one image: an annotation a label, a category a name. A label with a hole is run lengths, since
 * COCO's polygons can only add; others are polygons on the corners of pixels. Categories have their colour, as COCO's panoptic ones do.
 */
export function encodeCoco(source: ExportSource, file: string): Encoded {
  const { image, width, height, labels } = source;
  const classes = source.classes();
  const categoryOf = new Map(classes.flatMap(({ values }, index) => values.map(value => [value, index + 1])));
  const contours = source.contours();
  const annotations = labels.map(({ value, area }, index) => {
    const own = contours.get(value)!;
    const { left, top, right, bottom } = boxOf(own);
    return {
      id: index + 1, image_id: 1, category_id: categoryOf.get(value), iscrowd: 0, area,
      bbox: [left, top, right - left, bottom - top], segmentation: segmentationOf(source, value, own),
    };
  });
  const content = {
    info: { description: `Labels of ${path.basename(image.file)}`, labelless: version },
    images: [{ id: 1, file_name: path.basename(image.file), width, height }],
    categories: classes.map(({ name, colour }, index) => ({ id: index + 1, name, supercategory: '', color: fromHex(colour) })),
    annotations,
  };
  return { files: new Map([[file, JSON.stringify(content)]]) };
}

function segmentationOf({ map, width, height }: ExportSource, value: number, contours: readonly Contour[]) {
  if (contours.every(({ area }) => area > 0)) return contours.map(({ points }) => points);
  return { size: [height, width], counts: runLengthsOf(map, value, boxOf(contours), width, height) };
}
