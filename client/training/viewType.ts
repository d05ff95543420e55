/** The training view's id, as package.json names it for restoring. */
export const trainingViewType = 'labelless.training';
