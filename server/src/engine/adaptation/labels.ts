/** The label of pixels that count neither in training nor in measuring. */
export const ignoreLabel = 255;
