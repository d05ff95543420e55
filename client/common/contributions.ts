/** The custom editor's id, as package.json contributes it. */
export const viewType = 'labelless.mask';

/** The gallery's id, as package.json names it for restoring. */
export const galleryType = 'labelless.gallery';

/** The training view's id, as package.json names it for restoring. */
export const trainingViewType = 'labelless.training';

/** The language of experiment files, `NAME.adapt.json`. */
export const experimentLanguage = 'labelless-adapt';
