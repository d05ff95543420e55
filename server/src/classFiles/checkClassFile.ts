import { checkClassList, type ClassProblem } from '../../../mask/classes/checkClassList';
import { maxClassId } from '../../../mask/classes/classListSchema';
import type { JsonText } from '../jsonFiles/jsonText';
import { formatPath, type ProblemFix, type TextProblem } from '../jsonFiles/problems';

/** The entries of a class file as far as they can be used, whatever they are. */
export type LooseClass = Readonly<Record<string, unknown>>;

const codes: Readonly<Record<Exclude<ClassProblem['kind'], 'form' | 'unknownKey'>, string>> = {
  duplicateId: 'duplicate-id',
  duplicateName: 'duplicate-name',
  duplicateKey: 'duplicate-key',
  secondBackground: 'second-background',
};

/**
 * Finds the problems of a class file that its JSON schema cannot tell, by which editors find the others: what two
 * classes have in common that one alone may have.
 */
export function checkClassFile({ value }: JsonText): TextProblem[] {
  const checked = checkClassList(value);
  if ('list' in checked) return [];
  const classes = entriesOf(value);
  return checked.problems.flatMap(({ kind, path, message }): TextProblem[] => {
    if (kind === 'form' || kind === 'unknownKey') return [];
    const index = Number(path[1]);
    const first = classes.findIndex(other => sameIn(kind, other, classes[index]));
    return [
      {
        path: [...path],
        on: 'value',
        severity: 'error',
        code: codes[kind],
        message: `${formatPath([...path])}: ${message}.`,
        fixes: fixesOf(kind, index, classes),
        related: { path: ['classes', first], message: 'The first of them' },
      },
    ];
  });
}

function entriesOf(value: unknown): LooseClass[] {
  return (value as { classes?: LooseClass[] } | undefined)?.classes ?? []; // a list wherever two classes are compared
}

function sameIn(kind: keyof typeof codes, a: LooseClass, b: LooseClass | undefined): boolean {
  const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
  if (kind === 'secondBackground') return a.background === true;
  const property = { duplicateId: 'id', duplicateName: 'name', duplicateKey: 'key' }[kind];
  return trimmed(a[property]) === trimmed(b?.[property]);
}

function fixesOf(kind: keyof typeof codes, index: number, classes: readonly LooseClass[]): ProblemFix[] {
  const at = ['classes', index];
  const remove: ProblemFix = { title: 'Remove this class', kind: 'remove', path: at };
  switch (kind) {
    case 'duplicateId': {
      const id = freeId(classes);
      if (id === undefined) return [remove];
      return [{ title: `Use the next free id, ${id}`, kind: 'set', path: [...at, 'id'], value: id }, remove];
    }
    case 'duplicateName': {
      const value = freeName(String(classes[index]?.name), classes);
      return [remove, { title: `Rename to ${JSON.stringify(value)}`, kind: 'set', path: [...at, 'name'], value }];
    }
    case 'duplicateKey':
      return [{ title: 'Remove the key', kind: 'remove', path: [...at, 'key'] }];
    case 'secondBackground':
      return [{ title: 'Remove "background"', kind: 'remove', path: [...at, 'background'] }];
  }
}

/** The id after the largest one, or the smallest that is free; undefined where none is. */
function freeId(classes: readonly LooseClass[]): number | undefined {
  const taken = new Set(classes.map(({ id }) => id));
  const largest = Math.max(0, ...[...taken].filter(id => typeof id === 'number'));
  if (largest < maxClassId) return largest + 1;
  return Array.from({ length: maxClassId + 1 }, (_, id) => id).find(id => !taken.has(id));
}

/** A name like another that no class of a list has: with the first number that is free. */
export function freeName(name: string, classes: readonly LooseClass[]): string {
  const taken = new Set(classes.map(other => String(other.name).trim()));
  for (let number = 2; ; number++) {
    const free = `${name.trim()} ${number}`;
    if (!taken.has(free)) return free;
  }
}
