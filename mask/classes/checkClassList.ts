import { findFaults } from '../issueText';
import { ClassList } from './classList';
import { classFileSchema, type ClassEntry } from './classListSchema';

/** The kind of a problem, by which an editor knows how to repair it. */
export type ClassProblemKind =
  'form' | 'unknownKey' | 'duplicateId' | 'duplicateName' | 'duplicateKey' | 'secondBackground';

/** A problem of a class file at a place in its JSON. */
export interface ClassProblem {
  readonly kind: ClassProblemKind;
  /** The keys and indices that lead to the value; empty for the whole file. */
  readonly path: readonly (string | number)[];
  /** A clause for people, without the place. */
  readonly message: string;
}

/** Checks the content of a class file, parsed from JSON. @returns the list, or all its problems */
export function checkClassList(content: unknown): { list: ClassList } | { problems: ClassProblem[] } {
  const parsed = classFileSchema.safeParse(content);
  const problems: ClassProblem[] = parsed.success
    ? [
        ...repeated(parsed.data.classes, 'id'),
        ...repeated(parsed.data.classes, 'name'),
        ...repeated(parsed.data.classes, 'key'),
        ...furtherBackgrounds(parsed.data.classes),
      ]
    : findFaults(parsed.error.issues, content).map(({ path, message, unknownKey }) => ({
        kind: unknownKey ? 'unknownKey' : 'form',
        path: path.map(part => (typeof part === 'number' ? part : String(part))),
        message,
      }));
  return problems.length > 0 || !parsed.success ? { problems } : { list: new ClassList(parsed.data.classes) };
}

const duplicateKinds = { id: 'duplicateId', name: 'duplicateName', key: 'duplicateKey' } as const;

/** The problems of values that more than one class has; the first class may keep its value. */
function repeated(classes: readonly ClassEntry[], property: keyof typeof duplicateKinds): ClassProblem[] {
  const first = new Map<number | string, ClassEntry>();
  return classes.flatMap((entry, index): ClassProblem[] => {
    const given = entry[property];
    if (given === undefined) return [];
    const value = typeof given === 'string' ? given.trim() : given;
    const other = first.get(value);
    if (!other) first.set(value, entry);
    if (!other) return [];
    const message =
      property === 'name'
        ? `another class is named ‘${value}’ too`
        : `${property === 'id' ? value : `‘${value}’`} is the ${property} of ‘${other.name}’ too`;
    return [{ kind: duplicateKinds[property], path: ['classes', index, property], message }];
  });
}

function furtherBackgrounds(classes: readonly ClassEntry[]): ClassProblem[] {
  const first = classes.find(({ background }) => background);
  return classes.flatMap((entry, index): ClassProblem[] =>
    entry.background && entry !== first
      ? [
          {
            kind: 'secondBackground',
            path: ['classes', index, 'background'],
            message: `‘${first?.name ?? ''}’ is the background already`,
          },
        ]
      : [],
  );
}

/** Describes a problem with its place, as in `classes[3].id: 7 is the id of ‘road’ too`. */
export function describeClassProblem({ path, message }: ClassProblem): string {
  const place = path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at > 0 ? `.${part}` : part)).join('');
  return place === '' ? message : `${place}: ${message}`;
}
