import * as z from 'zod';
import { classInfoSchema, maxNameLength } from './classInfo';

/** The largest class id; 255 is `ignoredValue`. */
export const maxClassId = 254;

/** The value of pixels of no class (“ignore”) where a mask's values are class ids. */
export const ignoredValue = 255;

/** The schema of a class id. */
export const classIdSchema = z.int().min(0).max(maxClassId);

const control = /\p{Cc}/u;

/** The schema of one class in a class file. */
const classEntrySchema = z.strictObject({
  id: classIdSchema.describe('Value of the class in masks and exports: 0 to 254, once in the list.'),
  name: z
    .string()
    .max(maxNameLength)
    .refine(name => name.trim() !== '', 'it is empty')
    .refine(name => !control.test(name), 'it has line breaks or other control characters')
    .meta({ description: 'Name of the class, once in the list.', pattern: '^\\P{Cc}*[^\\s\\p{Cc}]\\P{Cc}*$' }),
  colour: classInfoSchema.shape.colour.describe('Colour of the class as #rrggbb.').meta({ format: 'color-hex' }),
  key: z
    .string()
    .refine(key => [...key].length === 1 && key.trim() !== '' && !control.test(key), 'it is not a single character')
    .exactOptional()
    .meta({
      description: 'Character that gives the class to labels in the mask editor.',
      pattern: '^[^\\s\\p{Cc}]$',
    }),
  background: z
    .boolean()
    .exactOptional()
    .describe('Whether pixels of no label belong to this class, as in one class at most.'),
});

/** The schema of `labelless.classes.json`. `schemas/classes.schema.json` is this schema as JSON Schema. */
export const classFileSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    classes: z
      .array(classEntrySchema)
      .max(maxClassId + 1)
      .describe('The classes, in the order in which they are offered.'),
  })
  .meta({
    title: 'Labelless class list',
    defaultSnippets: [{ label: 'classes', body: { classes: [{ id: 1, name: '$1', colour: '#804080', key: '1' }] } }],
  });

/** A class of a folder's list. */
export type ClassEntry = Readonly<z.infer<typeof classEntrySchema>>;
