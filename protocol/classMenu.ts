import * as z from 'zod';
import { classIdSchema } from '../mask/classes/classListSchema';

/**
 * The schema of what VS Code hands to the commands of the menu of a class, and to their conditions in package.json: the
 * mask editor's page sets it as `data-vscode-context` before the menu opens.
 */
export const classMenuDataSchema = z.object({
  /** The id of the class. */
  labellessClass: classIdSchema,
  /** Whether it is the background. */
  labellessBackground: z.boolean(),
  /** The number of classes of the list. */
  labellessClasses: z.int(),
});
export type ClassMenuData = z.infer<typeof classMenuDataSchema>;
