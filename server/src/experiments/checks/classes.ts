import * as z from 'zod';
import type { Problem } from '../problems';
import type { Source } from '../source';

const loose = z.object({ classes: z.array(z.unknown()) });
const looseClass = z.object({
  name: z.string().optional().catch(undefined),
  values: z.array(z.unknown()).optional().catch(undefined),
});

/** Own classes that share a name, or a label value. */
export function checkClasses({ value }: Source): Problem[] {
  const classes = loose.safeParse(value).data?.classes.map(each => looseClass.safeParse(each).data) ?? [];
  const names = new Map<string, number>();
  const values = new Map<number, readonly [number, number]>();
  return classes.flatMap((each, index) => {
    const found: Problem[] = [];
    const first = each?.name === undefined ? undefined : names.get(each.name.toLowerCase());
    if (first !== undefined) {
      found.push({
        path: ['classes', index, 'name'],
        on: 'value',
        severity: 'error',
        code: 'duplicate-name',
        message: `Another class is named ${JSON.stringify(each?.name)} too: names tell classes apart in masks and tables.`,
        related: { path: ['classes', first, 'name'], message: 'The first of that name' },
      });
    } else if (each?.name !== undefined) names.set(each.name.toLowerCase(), index);
    each?.values?.forEach((label, place) => {
      if (typeof label !== 'number') return;
      const before = values.get(label);
      if (!before) values.set(label, [index, place]);
      else {
        found.push({
          path: ['classes', index, 'values', place],
          on: 'value',
          severity: 'error',
          code: 'duplicate-value',
          message: `The label value ${label} already means ${JSON.stringify(classes[before[0]]?.name ?? `class ${before[0]}`)}.`,
          related: {
            path: ['classes', before[0], 'values', before[1]],
            message: `The first class of the value ${label}`,
          },
          ...((each.values?.length ?? 0) > 1 && {
            fixes: [{ title: `Remove ${label}`, kind: 'remove', path: ['classes', index, 'values', place] }] as const,
          }),
        });
      }
    });
    return found;
  });
}
