import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** The most faults that are described, and the longest key that is shown whole. */
const [mostFaults, longestKey] = [20, 60];

/**
 * Describes, by key and in words, the faults that a schema found in a value that people wrote as JSON: the first ones,
 * and how many more there are.
 */
export function describeIssues(issues: readonly Issue[], value: unknown): string[] {
  const faults = findFaults(issues, value).map(({ path, message, unknownKey }) => {
    const at = path.map(shortened).join('.');
    if (unknownKey) return `there is no setting ${at}`;
    return at === '' ? message : `${at}: ${message}`;
  });
  const more = faults.length - mostFaults;
  return more > 0 ? [...faults.slice(0, mostFaults), `and ${more} more`] : faults;
}

/** A fault that a schema found in a value that people wrote as JSON. */
export interface Fault {
  /** The keys and indices that lead to it. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, a clause. */
  readonly message: string;
  /** Whether the schema does not know the last key of the path. */
  readonly unknownKey: boolean;
}

/** Finds the place of each fault that a schema found, and describes it in words. */
export function findFaults(issues: readonly Issue[], value: unknown): Fault[] {
  return issues.flatMap(issue => faultsOf(issue, value, []));
}

function shortened(key: PropertyKey): string {
  const text = String(key);
  return text.length > longestKey ? `${text.slice(0, longestKey)}…` : text;
}

function faultsOf(issue: Issue, value: unknown, above: readonly PropertyKey[]): Fault[] {
  const found = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null)?.[key],
    value,
  );
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ path: [...path, key], message: 'there is no such entry', unknownKey: true }));
  if (issue.code === 'invalid_union') {
    // The branch that was meant is the one that fits deepest: of another kind of value nothing fits.
    const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
    const [deepest] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
    const named = issue.errors.find(([inner]) => inner?.code === 'invalid_value' && typeof found === 'string');
    const meant = named ?? deepest;
    if (meant && (named || depth(meant) > 0 || meant.some(({ code }) => code.startsWith('too_'))))
      return meant.flatMap(inner => faultsOf(inner, found, path));
  }
  return [{ path, message: faultOf(issue, found), unknownKey: false }];
}

/** The kinds of JSON values, as people call them. */
const kinds: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

function faultOf(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? issue.expected;
      return found === undefined ? `${kind} is missing` : `it is not ${kind}`;
    }
    case 'too_small':
      return issue.inclusive
        ? `it has to be at least ${amount(issue.minimum, issue.origin)}`
        : `it has to be more than ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return issue.inclusive
        ? `it has to be at most ${amount(issue.maximum, issue.origin)}`
        : `it has to be less than ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_value':
      return found === undefined ? 'it is missing' : `it is not one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return 'it is not written as it has to be';
    case 'invalid_union':
    case 'unrecognized_keys':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return 'it is not of a kind that can stand here';
  }
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'array' || origin === 'tuple') return `${limit} ${limit === 1 ? 'entry' : 'entries'} long`;
  return origin === 'string' ? `${limit} ${limit === 1 ? 'character' : 'characters'} long` : String(limit);
}
