import path from 'node:path';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import * as z from 'zod';
import { maxScribbleLabels, maxScribbles, scribbleSchema } from '../../../mask/document/scribbles';
import { methodNames, outputFormats } from '../../../protocol/settings';

/** Shapes of the parameters that clients send. Whatever does not fit is refused by the field's name. */

export const token = z.union([z.string(), z.int()]);
export const uri = z.string().min(1);
/** An absolute path, without a slash at its end. */
export const folder = z
  .string()
  .refine(text => path.isAbsolute(text), 'not an absolute path')
  .transform(text => path.normalize(text).replace(/(.)[\\/]+$/, '$1'));

const scribbles = z
  .object({
    classes: z.int().min(1).max(maxScribbleLabels),
    strokes: z
      .array(
        z.object({
          class: z
            .int()
            .min(0)
            .max(maxScribbleLabels - 1),
          ...scribbleSchema.pick({ size: true, points: true }).shape,
        }),
      )
      .min(1)
      .max(maxScribbles),
  })
  .refine(
    ({ classes, strokes }) => strokes.every(stroke => stroke.class < classes),
    'a stroke of a class that there is not',
  );

export const segmentParams = z
  .object({
    uris: z.array(uri).min(1),
    target: z.enum(['return', 'write']),
    skip: z.array(uri).default([]),
    method: z.enum(methodNames).optional(),
    checkpoint: folder.optional(),
    together: z.boolean().default(false),
    workDoneToken: token.optional(),
    scribbles: scribbles.optional(),
  })
  .refine(
    ({ uris, target, scribbles }) => !scribbles || (target === 'return' && uris.length === 1),
    'scribbles are of one image, whose segmentation is returned',
  );
export const stopParams = z.object({ token });
export const exportParams = z.object({ uri, mask: z.string(), formats: z.array(z.enum(outputFormats)).min(1) });
/** As many images as one export takes. */
const maxSet = 100_000;
export const exportSetParams = z.object({
  images: z
    .array(z.object({ uri, mask: uri }))
    .min(1)
    .max(maxSet),
  format: z.enum(outputFormats),
  folder: uri,
  replace: z.boolean().default(true),
  workDoneToken: token.optional(),
});
export const thumbnailParams = z.object({ uri, mask: z.string() });
/** As many rows as a figure may have. */
const maxRows = 200;
export const figureParams = z.object({
  images: z
    .array(z.object({ uri, mask: z.string().optional() }))
    .min(1)
    .max(maxRows),
  output: uri,
  methods: z.boolean().default(false),
  workDoneToken: token.optional(),
});
export const pictureParams = z.object({ uri });
export const newExperimentParams = z.object({ folder: uri, labelled: uri, photos: uri });
export const statusParams = z.object({ probe: z.boolean().default(false) }).nullish();

/**
 * Untrusted parameters, checked.
 * @throws {ResponseError} InvalidParams, naming the first field that is wrong
 */
export function checked<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ResponseError(ErrorCodes.InvalidParams, `${issue.path.join('.') || 'params'}: ${issue.message}`);
}
