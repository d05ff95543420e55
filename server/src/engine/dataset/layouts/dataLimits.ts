import type { ImageLimits } from '../../image/imageHeader';

/** The largest size of a file of a data set. */
export const dataLimits: ImageLimits = { megapixels: 100, fileSize: 500 };
