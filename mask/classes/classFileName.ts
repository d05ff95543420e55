/** The name of the file that holds a folder's classes; the nearest one above an image counts. */
export const classFileName = 'labelless.classes.json';
