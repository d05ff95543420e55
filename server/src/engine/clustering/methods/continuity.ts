import { continuityProgram } from '../program';
import { published } from './published';

/**
 * Kim, Kanezaki and Tanaka, *Unsupervised Learning of Image Segmentation Based on Differentiable Feature Clustering*,
 * TIP 2020.
 */
export const continuity = published(
  'continuity',
  (plan, _, { continuity: { similarityWeight, continuityWeight } }) => ({
    program: continuityProgram({ ...plan, similarityWeight, continuityWeight }),
    feeds: {},
  }),
);
