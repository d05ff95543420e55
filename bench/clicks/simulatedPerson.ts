import { squaredDistances } from './distances';

/** A bitmap of a photo: 1 for each pixel of an object, else 0. */
export type Bits = Uint8Array;

/** The share of the pixels of two bitmaps' union that are in both. */
export function overlap(a: Bits, b: Bits): number {
  let both = 0,
    either = 0;
  for (let p = 0; p < a.length; p++) {
    both += a[p]! & b[p]!;
    either += a[p]! | b[p]!;
  }
  return either === 0 ? 1 : both / either;
}

/**
 * The pixel that a person would click next: the wrong one farthest from its error region's border, be it missing or too
 * much (Xu et al., *Deep Interactive Object Selection*, CVPR 2016; Sofiiuk et al., *Reviving Iterative Training with
 * Mask Guidance*, ICIP 2022). What is beyond the photo counts as border.
 * @param clicked the pixels of the clicks before, which are not clicked again
 * @returns null where no pixel is wrong
 */
export function nextClick(
  found: Bits,
  truth: Bits,
  width: number,
  height: number,
  clicked: ReadonlySet<number>,
): number | null {
  const errors = found.map((one, p) => (one === truth[p] ? 0 : truth[p] === 1 ? 1 : 2));
  let farthest = 0;
  let click: number | null = null;
  for (const kind of [1, 2]) {
    const squares = squaredDistances(errors, width, height, kind, true);
    squares.forEach((square, p) => {
      if (square > farthest && !clicked.has(p)) [farthest, click] = [square, p];
    });
  }
  return click;
}
