import { checkClasses } from './checks/classes';
import { checkSchema } from './checks/schema';
import { checkTogether } from './checks/together';
import type { Problem } from './problems';
import type { Source } from './source';

/** All that is wrong with an experiment in itself, folders and files apart. */
export function checkSource(source: Source): Problem[] {
  return [...checkSchema(source), ...checkClasses(source), ...checkTogether(source)];
}
