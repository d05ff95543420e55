import * as z from 'zod';
import { findConflicts, type Conflict } from '../engine/experiment/conflicts';
import { experimentSchema, type Experiment } from '../engine/experiment/experimentSchema';
import { checkSchema } from './checkSchema';
import { minimalExperiment } from './experimentJsonSchema';
import type { JsonText } from '../jsonFiles/jsonText';
import type { TextProblem, ProblemFix } from '../jsonFiles/problems';

/** Finds all problems of an experiment file that its text alone shows, without its folders and files. */
export function checkExperiment(source: JsonText): TextProblem[] {
  return [...checkSchema(source), ...checkClasses(source), ...checkConflicts(source)];
}

/** Finds settings that exclude each other. Where single settings are not valid, none is reported. */
export function checkConflicts({ value }: JsonText): TextProblem[] {
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) return [];
  return findConflicts(parsed.data).map(conflict => ({
    path: conflict.key.split('.'),
    on: 'value',
    severity: 'error',
    code: 'conflict',
    message: `${conflict.key}: ${conflict.message}.`,
    fixes: fixesOf(conflict, parsed.data),
  }));
}

function fixesOf({ key }: Conflict, { training, network }: Experiment): ProblemFix[] {
  const set = (title: string, path: string, value: unknown): ProblemFix => ({
    title,
    kind: 'set',
    path: path.split('.'),
    value,
  });
  switch (key) {
    case 'target':
      return [
        set('Add "target"', key, minimalExperiment.target),
        set('Choose the strategy "none"', 'adaptation.strategy', 'none'),
      ];
    case 'adaptation.levels':
      return [
        set('Adapt a single level', key, 'single'),
        network.name === 'compact'
          ? set('Choose the network "mobilenetv2-aspp"', 'network.name', 'mobilenetv2-aspp')
          : set('Choose the strategy "adversarial"', 'adaptation.strategy', 'adversarial'),
      ];
    case 'adaptation.warmUp':
      return [
        set('Warm up for a tenth of the steps', key, Math.floor(training.steps / 10)),
        set('Begin to adapt at once', key, 0),
      ];
    case 'training.size':
      return [
        set(
          'Enlarge to what the discriminator needs',
          key,
          training.size.map(side => Math.max(side, 32)),
        ),
      ];
    default:
      return [];
  }
}

const loose = z.object({ classes: z.array(z.unknown()) });
const looseClass = z.object({
  name: z.string().optional().catch(undefined),
  values: z.array(z.unknown()).optional().catch(undefined),
});

/** Finds classes of the experiment that share a name or a label value. */
export function checkClasses({ value }: JsonText): TextProblem[] {
  const classes = loose.safeParse(value).data?.classes.map(each => looseClass.safeParse(each).data) ?? [];
  const names = new Map<string, number>();
  const values = new Map<number, readonly [number, number]>();
  return classes.flatMap((each, index) => {
    const found: TextProblem[] = [];
    const first = each?.name === undefined ? undefined : names.get(each.name.toLowerCase());
    if (first !== undefined) {
      found.push({
        path: ['classes', index, 'name'],
        on: 'value',
        severity: 'error',
        code: 'duplicate-name',
        message:
          `Another class is named ${JSON.stringify(each?.name)} too: ` +
          'names tell classes apart in masks and tables.',
        related: { path: ['classes', first, 'name'], message: 'The first of that name' },
      });
    } else if (each?.name !== undefined) names.set(each.name.toLowerCase(), index);
    each?.values?.forEach((label, place) => {
      if (typeof label !== 'number') return;
      const before = values.get(label);
      if (!before) values.set(label, [index, place]);
      else {
        const owner = classes[before[0]]?.name ?? `class ${before[0]}`;
        found.push({
          path: ['classes', index, 'values', place],
          on: 'value',
          severity: 'error',
          code: 'duplicate-value',
          message: `The label value ${label} already means ${JSON.stringify(owner)}.`,
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
