import * as z from 'zod';
import { readRegularFile } from '../../files/regularFile';
import { parseJson } from '../../mask/files/json';
import { describeIssues } from '../../mask/issueText';

/** Settings as an experiment file has them: `experimentSchema` checks them. */
const settings = z.record(z.string(), z.unknown());

const rowSchema = z.strictObject({
  network: settings,
  training: settings,
  adaptation: settings,
  prediction: settings.default({}),
  /** The `adaptation.targetStatistics` of the source alone that the row is compared with. */
  controlStatistics: z.number().min(0).max(1).default(0.4),
});

/** A row of the table: the settings of an experiment on a pair. */
export type Row = z.infer<typeof rowSchema>;

const rowsSchema = z.record(z.string(), rowSchema);

/** Rows by name, as the files of the pairs and a file of `--settings` have them. */
export type Rows = Readonly<Record<string, z.input<typeof rowSchema>>>;

/** Checks rows. @param file what is named in an error @throws Error that names what is wrong */
export function checkRows(rows: unknown, file: string): Readonly<Record<string, Row>> {
  const { success, data, error } = rowsSchema.safeParse(rows);
  if (!success) throw new Error(`${file}: ${describeIssues(error.issues, rows).join('; ')}`);
  return data;
}

const largestFile = 1e6;

/** Reads rows that were written as JSON. @throws Error, or ReadError, that names the file */
export async function readRows(file: string): Promise<Readonly<Record<string, Row>>> {
  return checkRows(parseJson(await readRegularFile(file, largestFile)), file);
}
