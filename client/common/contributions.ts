/** The view type of the mask editor, as package.json contributes it. */
export const viewType = 'labelless.mask';

/** The view type of galleries, as package.json names it for restoring them. */
export const galleryType = 'labelless.gallery';

/** The view type of training views, as package.json names it for restoring them. */
export const trainingViewType = 'labelless.training';

/** The language of experiment files, `NAME.adapt.json`. */
export const experimentLanguage = 'labelless-adapt';

/** The view of a labelling session in the side bar, as package.json contributes it. */
export const sessionViewType = 'labelless.session';
