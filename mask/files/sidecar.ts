import * as z from 'zod';
import { reasonOf } from '../errors';
import { ignoredValue } from '../classes/classListSchema';
import { parseJson } from './json';
import { savedStatusSchema } from '../document/savedStatusSchema';
import { overviewSchema } from './maskOverview';
import { stateSchema } from './stateRecord';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a mask and the files beside it were made for, by which a batch knows that it need not make them again. */
const requestSchema = z.object({
  settings: sha256,
  formats: z.array(z.string().max(32)).max(32),
});

export type MaskRequest = Readonly<z.infer<typeof requestSchema>>;

/**
 * The schema of `photo.mask.json`, the file beside a mask that holds what its pixels cannot. `mask/sidecar.schema.json`
 * is this schema as JSON Schema.
 */
export const sidecarSchema = z
  .object({
    version: z.literal(1),
    program: z.object({ name: z.literal('labelless'), version: z.string() }).describe('What wrote the file.'),
    image: z.object({ name: z.string(), sha256 }).describe('The image that the mask is of.'),
    mask: z.object({ sha256 }).describe('The mask file that this file belongs to.'),
    request: requestSchema
      .optional()
      .catch(undefined)
      .describe(
        'What a batch wrote it for: a digest of the program version and of all settings and files, besides the ' +
          'image, that its bytes follow from, and the formats that were written with it. Absent once it was edited.',
      ),
    overview: overviewSchema.exactOptional(),
    classValues: z
      .object({ background: z.int().min(0).max(ignoredValue) })
      .exactOptional()
      .describe('Says that the values in the mask file are class ids: 255 without a class, this one without a label.'),
    ...stateSchema.shape,
  })
  .meta({ title: 'Labelless mask sidecar' });

export type Sidecar = z.infer<typeof sidecarSchema>;

/** The members of a sidecar that precede the others; `writeSidecar` keeps that order. */
export const sidecarHeadSchema = sidecarSchema
  .pick({ version: true, image: true, mask: true, request: true })
  .extend({ overview: overviewSchema, status: savedStatusSchema });

/**
 * The hash in the sidecar of an image that was deleted before its hash was known: that of no bytes, which no image has.
 */
export const unknownImage = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Reads a sidecar of unknown origin, as a text or its bytes. It never throws: a sidecar that cannot be used is ignored,
 * with the reason.
 */
export function readSidecar(text: string | Uint8Array): { sidecar: Sidecar } | { ignored: string } {
  let content: unknown;
  try {
    content = parseJson(text);
  } catch (error) {
    return { ignored: reasonOf(error) };
  }
  return checkSidecar(content);
}

/** Checks a sidecar of unknown origin, parsed from JSON. */
export function checkSidecar(content: unknown): { sidecar: Sidecar } | { ignored: string } {
  const version = versionOf(content);
  if (typeof version === 'number' && version > 1)
    return { ignored: `it is of version ${version}, which this Labelless does not know yet` };
  const parsed = sidecarSchema.safeParse(content);
  if (!parsed.success) {
    const { path } = parsed.error.issues[0]!;
    const entry = path.length > 0 ? `: its entry ${path.join('.')} is missing or not what it must be` : '';
    return { ignored: `it is not a Labelless sidecar${entry}` };
  }
  return { sidecar: parsed.data };
}

/** Formats a sidecar as the text of its file, its head first: see `sidecarHeadSchema`. */
export function writeSidecar({ granularity, ...members }: Sidecar): string {
  const { version, program, image, mask, request, overview, status, ...others } = members;
  const known = { ...(request && { request }), ...(overview && { overview }), ...(status && { status }) };
  const head = { version, program, image, mask, ...known };
  return `${JSON.stringify({ ...head, granularity, ...others }, null, 1)}\n`;
}

function versionOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'version' in content ? content.version : undefined;
}
