import path from 'node:path';
import * as z from 'zod';
import { readRegularFile, ReadError } from '../../../../files/regularFile';
import { classInfoSchema } from '../../../../mask/classes/classInfo';
import { classIdSchema } from '../../../../mask/classes/classListSchema';
import { parseJson } from '../../../../mask/files/json';
import { changeSummarySchema } from '../../../../protocol/classMessages';

/** The name of the file beside a class file that holds what takes back the last change of its classes. */
const lastChangeName = '.labelless.class-change.json';

/** The largest record in bytes that is read. */
const largestRecord = 400e6;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const labelClass = z.object({
  class: classIdSchema.optional(),
  name: classInfoSchema.shape.name.optional(),
  colour: classInfoSchema.shape.colour.optional(),
});

const recordSchema = z.object({
  version: z.literal(1),
  summary: changeSummarySchema,
  /** The text of the class file before, and the hash of the one after. */
  classFile: z.object({ before: z.string(), after: sha256 }),
  masks: z.array(
    z.object({
      /** Path from the folder of the class file, with `/` between its parts. */
      mask: z.string(),
      /** The hash of the labels in its sidecar after the change, as JSON. */
      labels: sha256,
      /** What labels had of their classes before, by their index in the sidecar. */
      before: z.array(z.tuple([z.int().min(0), labelClass])),
    }),
  ),
});

/**
 * What takes back the last change of a class file: what it replaced in the file and in the labels of masks, not in
 * their pixels, so that later work on these stays when it is taken back.
 */
export type LastChange = Readonly<z.infer<typeof recordSchema>>;

/** The path of a folder's record. */
export function lastChangeIn(folder: string): string {
  return path.join(folder, lastChangeName);
}

/** Reads the record of a folder; undefined where there is none. @throws Error that names the file */
export async function readLastChange(folder: string): Promise<LastChange | undefined> {
  const file = lastChangeIn(folder);
  try {
    return recordSchema.parse(parseJson(await readRegularFile(file, largestRecord)));
  } catch (error) {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    if (error instanceof ReadError) throw error;
    throw new Error(`${file}: it is not what Labelless wrote; the last change cannot be taken back`, { cause: error });
  }
}

/** The text of a record. */
export function formatLastChange(record: LastChange): string {
  return `${JSON.stringify(record)}\n`;
}
