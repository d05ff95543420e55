/** The gallery's id, as package.json names it for restoring. */
export const galleryType = 'labelless.gallery';
