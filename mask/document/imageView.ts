import * as z from 'zod';
import { parseRange } from './rangeChoice';

/** The schema of how a picture is made of the values of its file, with what is usual for what is left out. */
export const imageViewSchema = z.object({
  /** Of more than 8 bits, and of any TIFF where it is not `auto`: see `parseRange`. */
  range: z
    .string()
    .max(100)
    .refine(
      text => parseRange(text) !== undefined,
      'a range is auto, or two rising numbers or percentages, as 100..4000 or 0.5%..99.5%',
    )
    .default('auto'),
  /** Of a TIFF, counted from 1: those of red, green and blue, or one that is shown as grey; empty: as the file says. */
  bands: z
    .array(z.int().min(1).max(0xffff))
    .refine(bands => [0, 1, 3].includes(bands.length), 'bands are three for red, green and blue, or one for grey')
    .default([]),
  /** Of a TIFF, counted from 1. */
  page: z.int().min(1).max(10_000).default(1),
});

/** How a picture is made of the values of its file. */
export type ImageView = Readonly<z.infer<typeof imageViewSchema>>;

/** As a file says itself. */
export const usualView: ImageView = imageViewSchema.parse({});

/** Whether two views show the same of a file. */
export function sameView(a: ImageView, b: ImageView): boolean {
  return a.range === b.range && a.page === b.page && a.bands.join() === b.bands.join();
}
