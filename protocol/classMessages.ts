import * as z from 'zod';
import { classChangeSchema } from '../mask/classes/classChange';
import type { ClassEntry } from '../mask/classes/classListSchema';
import { ServerRequest, uri } from './request';

/** Messages between client and server about the classes of a folder, which its masks have in common. */

/** The schema of what was done to a class, in words of the list: for messages, and for taking it back. */
export const changeSummarySchema = z.object({
  kind: z.enum(['rename', 'recolour', 'background', 'merge', 'remove']),
  /** The name of the class before. */
  name: z.string(),
  /** Its new name or colour, or the name of the class that its labels have now. */
  to: z.string().optional(),
  /** Whether the change was taken back, not done. */
  takenBack: z.boolean(),
});
export type ChangeSummary = Readonly<z.infer<typeof changeSummarySchema>>;

const changeClassParams = z.object({
  /** The folder of the class file. */
  folder: uri,
  change: z.union([
    classChangeSchema,
    z.object({
      /** Takes back the last change; taking back that again does it once more. */
      kind: z.literal('takeBack'),
      /** Leaves masks as they are whose labels were changed since, where it otherwise does nothing. */
      exceptChanged: z.boolean().default(false),
    }),
  ]),
  /** Only tells what would be changed. */
  dryRun: z.boolean().default(false),
});
export type ChangeClassParams = z.input<typeof changeClassParams>;

export interface ChangeClassResult {
  /** The path of the class file. */
  file: string;
  summary: ChangeSummary;
  /** Whether all is changed. */
  done: boolean;
  /** The masks that change, by their paths from the folder, and the number of labels in them that do. */
  masks: string[];
  labels: number;
  /** The masks that cannot be read, or were changed since, and why: nothing is done unless these may be left. */
  obstacles: { path: string; reason: string }[];
}

/**
 * Changes a class in the class file and in all masks that have their classes from it, all of them or none, or takes
 * back the last such change. The masks' status stays. Masks with unsaved changes in an editor should be saved before.
 */
export const ChangeClassRequest = new ServerRequest<typeof changeClassParams, ChangeClassResult>(
  'labelless/changeClass',
  changeClassParams,
);

/** The published lists of classes that Labelless has itself. */
export const publishedClasses = ['cityscapes', 'camvid'] as const;
export type PublishedClasses = (typeof publishedClasses)[number];

const readClassesParams = z.object({
  source: z.union([
    z.object({ published: z.enum(publishedClasses) }),
    z.object({
      /** A list of another program; see `labelless classes --from`. */
      file: uri,
    }),
  ]),
});

export interface ReadClassesResult {
  classes: ClassEntry[];
  /** What was changed in the list, a sentence each. */
  remarks: string[];
}

/** Reads a list of classes that another program wrote, or a published one, as classes of a new class file. */
export const ReadClassesRequest = new ServerRequest<typeof readClassesParams, ReadClassesResult>(
  'labelless/readClasses',
  readClassesParams,
);
