import { continuityProgram } from '../program';
import { published } from './published';

/** Kim, Kanezaki and Tanaka, *Unsupervised Learning of Image Segmentation Based on Differentiable Feature Clustering*, TIP 2020. */
export const continuity = published(settings => settings.continuity, ({ continuity: { similarityWeight, continuityWeight } }) => plan => ({
  program: continuityProgram({ ...plan, similarityWeight, continuityWeight }), feeds: {},
}));
