import type { ClassInUse } from '../../../mask/classes/classInUse';
import { palette } from '../../../mask/colours/palettes';
import type { JsonText } from '../jsonFiles/jsonText';
import type { ProblemFix, TextProblem } from '../jsonFiles/problems';
import { freeName, type LooseClass } from './checkClassFile';

/**
 * Finds the classes that labels of masks have and a class file lacks: they are exported as pixels without a class. Each
 * can be added with the name and colour that the masks keep.
 */
export function checkMissingClasses({ value }: JsonText, inUse: readonly ClassInUse[]): TextProblem[] {
  const { classes } = (value ?? {}) as { classes?: unknown };
  if (!Array.isArray(classes)) return [];
  const listed = classes.filter((entry): entry is LooseClass => typeof entry === 'object' && entry !== null);
  const ids = new Set(listed.map(({ id }) => id));
  return inUse
    .filter(({ id }) => !ids.has(id))
    .map(used => ({
      path: ['classes'],
      on: 'key',
      severity: 'warning',
      code: 'missing-class',
      message: describe(used),
      fixes: [fixFor(used, listed, classes.length === 0)],
    }));
}

function describe({ id, name, masks, examples }: ClassInUse): string {
  const called = name === undefined ? '' : `, ‘${name}’ at the last save,`;
  const more = masks - examples.length;
  const where = `${examples.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `This list lacks class ${id}${called} of which masks have labels: ${where}.`;
}

function fixFor({ id, name, colour }: ClassInUse, listed: readonly LooseClass[], isFirst: boolean): ProblemFix {
  const wanted = name?.trim() ? name : `class ${id}`;
  const isTaken = listed.some(other => String(other.name).trim() === wanted.trim());
  const entry = {
    id,
    name: isTaken ? freeName(wanted, listed) : wanted,
    colour: colour ?? palette[id % palette.length],
  };
  const title = `Add class ${id}, ‘${entry.name}’`;
  return isFirst
    ? { title, kind: 'set', path: ['classes'], value: [entry] }
    : { title, kind: 'append', path: ['classes'], value: entry };
}
