import { superpixelProgram } from '../program';
import { slic } from '../slic';
import { published } from './published';

/** Kanezaki, *Unsupervised Image Segmentation by Backpropagation*, ICASSP 2018. */
export const superpixel = published('superpixel', (plan, lab, { superpixel: { superpixels, compactness } }) => {
  const { count, ids } = slic(lab, { count: superpixels, compactness, iterations: 10 });
  return {
    program: superpixelProgram({ ...plan, superpixels: count }),
    feeds: { superpixels: { shape: [ids.length], data: Int32Array.from(ids) } },
  };
});
