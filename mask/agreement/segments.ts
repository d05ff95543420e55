import { pieces } from './pieces';

/** Which segment each pixel of a picture belongs to, numbered from 0; row-major. */
export interface Segments { readonly count: number; readonly of: Int32Array | Uint16Array }

/** One segment for each label in use, in ascending order. */
export function labelSegments(labels: Uint16Array): Segments {
  const numberOf = new Uint16Array(65536);
  for (const label of labels) numberOf[label] = 1;
  let count = 0;
  for (let label = 0; label < numberOf.length; label++) if (numberOf[label]) numberOf[label] = count++;
  return { count, of: labels.map(label => numberOf[label]) };
}

/** One segment for each connected region of one label; neighbours are the pixels at the four sides. */
export function connectedSegments(labels: Uint16Array, width: number, height: number): Segments {
  return pieces(labels, width, height);
}
