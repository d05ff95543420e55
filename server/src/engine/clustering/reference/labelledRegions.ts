import { classRegions, type ClassRegions } from '../../merging/classRegions';
import type { Picture } from '../../image/picture';
import { plane, type Planes } from '../../pixels/planes';
import { toFullSize } from '../../superpixels/fullSize';
import { RegionPooling } from '../../superpixels/regionSums';
import { slic } from '../../superpixels/slic';

/** The share of a picture below which a piece of a label joins its neighbour. */
const speck = 1 / 5000;

/** A picture that is labelled. */
interface LabelledView {
  readonly picture: Picture;
  /** The picture at the size at which it is divided, and its colours there. */
  readonly work: Picture;
  readonly lab: Planes;
}

/**
 * Divides a picture into regions of labels. Each superpixel takes the label of its greatest mean response, so that
 * borders are the picture's.
 * @param response by label, of any size
 * @param superpixels how many
 * @param classOf the class of each label; without it each label is a class
 */
export async function labelledRegions(
  { picture, work, lab }: LabelledView,
  response: Planes,
  superpixels: number,
  classOf?: Uint8Array,
): Promise<ClassRegions> {
  const map = slic(lab, { count: superpixels, compactness: 10, iterations: 5 });
  const sums = Array.from({ length: response.channels }, () => new Float64Array(map.count));
  const pooling = new RegionPooling(map, response);
  sums.forEach((sumsOfLabel, c) => {
    pooling.sums(plane(response, c), (region, sum) => {
      sumsOfLabel[region] = sum;
    });
  });
  const classes = Uint8Array.from({ length: map.count }, (_, region) => {
    const label = sums.reduce((best, sumsOfLabel, c) => (sumsOfLabel[region] > sums[best][region] ? c : best), 0);
    return classOf ? classOf[label] : label;
  });
  const found = classRegions(
    Uint8Array.from(map.ids, id => classes[id]),
    lab,
    Math.floor(lab.width * lab.height * speck),
  );
  return { ...found, regions: await toFullSize(found.regions, work, picture, new AbortController().signal) };
}
