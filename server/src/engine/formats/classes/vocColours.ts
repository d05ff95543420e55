import { toHex } from '../../../../../mask/colours/colour';

/** Black, for background, and the colour of VOC's boundaries, which do not count. */
const reserved: readonly string[] = ['#000000', '#e0e0c0'];

/**
 * Computes a colour of Pascal VOC's own colour map, by which readers number objects (`VOClabelcolormap.m` of its
 * development kit): the bits of the number, three at a time, from the highest bits of red, green and blue down.
 * @param index 0 … 255
 */
export function vocColour(index: number): string {
  const rgb: [number, number, number] = [0, 0, 0];
  for (let bit = 0; bit < 8; bit++) for (let c = 0; c < 3; c++) rgb[c]! |= ((index >> (3 * bit + c)) & 1) << (7 - bit);
  return toHex(rgb);
}

/** Chooses colours for classes that no other has: the wanted one where it is free, else the first free one of VOC's. */
export class DistinctColours {
  private readonly taken = new Set(reserved);

  /** Takes a colour. @returns it, or another where it was taken */
  take(wanted: string): string {
    let colour = wanted.toLowerCase();
    for (let index = 1; this.taken.has(colour); index++) colour = vocColour(index);
    this.taken.add(colour);
    return colour;
  }
}
