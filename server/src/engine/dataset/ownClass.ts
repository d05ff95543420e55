import { palette } from '../../../../mask/colours/defaultColours';
import type { ClassDefinition } from '../adaptation/experiment';

/** A class for what labels call by a value, a colour or a name, beside those that are there. */
export function ownClass(told: string, others: readonly ClassDefinition[]): ClassDefinition {
  const colour = palette[others.length % palette.length];
  if (/^\d+$/.test(told)) return { name: `class ${told}`, values: [Number(told)], colour };
  // Layouts that go by names and colours want a value all the same, which is no other class's.
  const free = Math.max(-1, ...others.flatMap(({ values }) => values)) + 1;
  return { name: told, values: [free], colour: told.startsWith('#') ? told : colour };
}
