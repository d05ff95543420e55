import { createHash } from 'node:crypto';
import type { Contour } from '../../../../mask/shapes/contours';
import type { EncodedFiles, ExportSource } from './exportSource';
import { fillPolygon } from '../../../../mask/shapes/fillPolygon';
import { counted } from '../common/counted';
import { relativePath } from '../common/relativePath';

/** The version of LabelMe whose format this is. */
const labelmeVersion = '5.5.0';
/** The name of what is no class in LabelMe's own converters. */
const background = '_background_';

interface Shape {
  label: string;
  points: number[][];
  group_id: number | null;
  shape_type: 'polygon';
  flags: object;
}

/**
 * Encodes a file of LabelMe (Wada's program) for one image: polygons on the corners of pixels, those of one label
 * grouped. LabelMe draws the later over the earlier, so what encloses others comes first, and background in a hole is a
 * polygon too.
 * @param file path of the JSON file, relative to `folder`
 */
export function encodeLabelme(source: ExportSource, file: string, folder: string): EncodedFiles {
  const { image, width, height } = source;
  const names = new Map(source.labels.map(({ value, name }) => [value, name]));
  const outer = paintable(source);
  const shapes = outer.map(({ label, points }): Shape => ({
    label: names.get(label) ?? background,
    points: pairs(points),
    group_id: label === 0 ? null : label,
    shape_type: 'polygon',
    flags: {},
  }));
  const content = {
    version: labelmeVersion,
    flags: {},
    shapes,
    imagePath: relativePath(folder, image.file),
    imageData: null,
    imageHeight: height,
    imageWidth: width,
    labelless: { shapes: hashOf(shapes) },
  };
  const holes = [...source.contours()].reduce(
    (sum, [label, own]) => sum + (label > 0 ? own.filter(({ area }) => area < 0).length : 0),
    0,
  );
  return {
    files: new Map([[file, JSON.stringify(content)]]),
    lost: ['colours', ...(holes > 0 ? [`${counted(holes, 'hole')}, which later shapes draw over`] : [])],
  };
}

/**
 * Returns whether Labelless wrote a file's content, and no shape in it was changed since: LabelMe keeps keys that it
 * does not know.
 */
export function isOwnLabelme(file: Buffer): boolean {
  try {
    const { shapes, labelless } = JSON.parse(file.toString('utf8')) as {
      shapes: Shape[];
      labelless?: { shapes: string };
    };
    return labelless?.shapes === hashOf(shapes);
  } catch {
    return false;
  }
}

function hashOf(shapes: readonly Shape[]): string {
  return createHash('sha256')
    .update(
      JSON.stringify(
        shapes.map(({ label, points, group_id: group, shape_type: type }) => [label, points, group, type]),
      ),
    )
    .digest('hex');
}

/**
 * Lists the outer boundaries as polygons, an enclosing one before what it encloses; of the background only those that
 * others would cover.
 */
function paintable(source: ExportSource): Contour[] {
  const { width, height } = source;
  const polygons = [...source.polygons().values()].flat();
  const outer = [...source.contours().values()]
    .flat()
    .map((contour, index) => ({ ...contour, polygon: polygons[index]! }))
    .filter(({ area }) => area > 0)
    .sort((a, b) => b.area - a.area);
  const covered = new Uint8Array(width * height);
  const painted = outer.filter(({ label, points }) => {
    // A boundary begins at the upper left corner of a pixel of its part.
    if (label === 0 && covered[points[1]! * width + points[0]!] === 0) return false;
    fillPolygon(points, width, height, (from, to) => {
      covered.fill(1, from, to);
    });
    return true;
  });
  return painted.map(({ polygon }) => polygon);
}

function pairs(points: readonly number[]): number[][] {
  return Array.from({ length: points.length / 2 }, (_, i) => [points[2 * i]!, points[2 * i + 1]!]);
}
