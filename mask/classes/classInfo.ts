import * as z from 'zod';

/** The maximum length of the name of a label or a class, in UTF-16 units. */
export const maxNameLength = 200;

export const classInfoSchema = z.object({
  name: z.string().max(maxNameLength),
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
});

/** The name and the colour (`#rrggbb`, in either case) of a class, or of the labels that show it. */
export type ClassInfo = Readonly<z.infer<typeof classInfoSchema>>;
