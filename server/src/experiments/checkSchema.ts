import { findNodeAtLocation, getNodeValue, type JSONPath } from 'jsonc-parser';
import type { JSONSchema } from 'vscode-json-languageservice';
import type * as z from 'zod';
import { experimentSchema } from '../engine/experiment/experimentSchema';
import { closestName, formatPath, type ProblemFix, type TextProblem } from '../jsonFiles/problems';
import { experimentJsonSchema, minimalExperiment } from './experimentJsonSchema';
import type { JsonText } from '../jsonFiles/jsonText';

type Issue = z.core.$ZodIssue;
const jsonSchema = experimentJsonSchema();

/** Finds what the experiment's schema refuses: unknown keys, wrong types, values out of range, and missing keys. */
export function checkSchema(source: JsonText): TextProblem[] {
  if (!source.root) return source.text.trim() === '' ? [empty] : [];
  const parsed = experimentSchema.safeParse(source.value);
  return parsed.success
    ? []
    : parsed.error.issues
        .flatMap(issue => single(issue, source))
        .flatMap((issue, index) => (index < mostExplained ? problemsOfIssue(issue, source) : unexplained));
}

/** An issue of several keys as one of each, and one of a union as those of the branch that was probably meant. */
function single(issue: Issue, source: JsonText): Issue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => ({ ...issue, keys: [key] }));
  const node = issue.code === 'invalid_union' && findNodeAtLocation(source.root!, issue.path as JSONPath);
  if (!node) return [issue];
  return ofUnion(issue, node.type === 'array').flatMap(inner =>
    single({ ...inner, path: [...issue.path, ...inner.path] }, source),
  );
}

/** The number of issues that are explained: to find the place of each takes time by the length of the text. */
const mostExplained = 200;
/** Stands for an issue that is counted, and not shown. */
const unexplained: TextProblem = {
  path: [],
  on: 'value',
  severity: 'error',
  code: 'more',
  message: 'There are more problems.',
};

const empty: TextProblem = {
  path: [],
  on: 'value',
  severity: 'error',
  code: 'empty',
  message: 'The experiment is empty: it names at least a source and its classes.',
  fixes: [{ title: 'Write a minimal experiment', kind: 'set', path: [], value: minimalExperiment }],
};

function problemsOfIssue(issue: Issue, source: JsonText): TextProblem[] {
  const path = issue.path as JSONPath;
  const node = findNodeAtLocation(source.root!, path);
  if (!node) return source.isValidJson ? [missing(path)] : []; // half-written text misses much
  const problem = (code: string, message: string, fixes: readonly ProblemFix[] = []): TextProblem => ({
    path,
    on: 'value',
    severity: 'error',
    code,
    message: `${formatPath(path) || 'The experiment'}: ${message}`,
    fixes,
  });
  const set = (value: unknown): ProblemFix => ({
    title: `Change to ${JSON.stringify(value)}`,
    kind: 'set',
    path,
    value,
  });
  const value: unknown = getNodeValue(node);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(path, key, source.value));
    case 'invalid_value': {
      const names = issue.values.map(String);
      const meant = typeof value === 'string' ? closestName(value, names) : undefined;
      const wrong = `${JSON.stringify(value)} is not one of ${names.join(', ')}`;
      const order = meant === undefined ? names : [meant, ...names.filter(name => name !== meant)];
      return [
        problem(
          'wrong-value',
          meant === undefined ? wrong : `${wrong}; did you mean ${JSON.stringify(meant)}?`,
          order.slice(0, 8).map(set),
        ),
      ];
    }
    case 'too_small':
      return [
        problem(
          'out-of-range',
          lower(issue.message),
          issue.origin === 'number' && issue.inclusive ? [set(Number(issue.minimum))] : [],
        ),
      ];
    case 'too_big':
      return [
        problem(
          'out-of-range',
          lower(issue.message),
          issue.origin === 'number' && issue.inclusive ? [set(Number(issue.maximum))] : [],
        ),
      ];
    case 'invalid_type':
      return [problem('wrong-type', lower(issue.message), converted(issue.expected, value).map(set))];
    case 'invalid_format':
      return [
        problem(
          'wrong-value',
          path.at(-1) === 'colour' ? `${JSON.stringify(value)} is no colour such as "#804080"` : lower(issue.message),
        ),
      ];
    case 'invalid_union': // its branch's issues stand for it
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return [problem('wrong-value', lower(issue.message))];
  }
}

/** The issues of the branch of a union that was probably meant: a list, or a name. */
function ofUnion(issue: Extract<Issue, { code: 'invalid_union' }>, isList: boolean): readonly Issue[] {
  const [byName, byList] = issue.errors as unknown as Issue[][];
  return (isList ? byList : byName)!;
}

function missing(path: JSONPath): TextProblem {
  const value =
    path.length === 1
      ? (minimalExperiment as Record<string, unknown>)[path[0]!]
      : path.at(-1) === 'values'
        ? [0]
        : path.at(-1) === 'colour'
          ? '#808080'
          : '';
  const name = String(path.at(-1));
  const { description } = schemaAt(path) ?? {};
  return {
    path,
    on: 'value',
    severity: 'error',
    code: 'missing-key',
    message: `${formatPath(path)} is missing${description === undefined ? '' : `. ${description}`}`,
    fixes: [{ title: `Add ${JSON.stringify(name)}`, kind: 'set', path, value }],
  };
}

function unknownKey(path: JSONPath, key: string, value: unknown): TextProblem {
  const known = Object.keys(schemaAt(path)?.properties ?? {});
  const owner = path.reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], value) as object;
  const meant = closestName(
    key,
    known.filter(name => !Object.hasOwn(owner, name)),
  );
  const place = [...path, key];
  const fixes: ProblemFix[] =
    meant === undefined
      ? []
      : [{ title: `Change to ${JSON.stringify(meant)}`, kind: 'rename', path: place, key: meant }];
  const section = path.length > 0 ? ` in ${formatPath(path)}` : '';
  const hint = meant === undefined ? `; known are ${known.join(', ')}` : `: did you mean ${JSON.stringify(meant)}?`;
  return {
    path: place,
    on: 'key',
    severity: 'error',
    code: 'unknown-key',
    message: `Unknown key ${JSON.stringify(key)}${section}${hint}`,
    fixes: [...fixes, { title: `Remove ${JSON.stringify(key)}`, kind: 'remove', path: place }],
  };
}

/** The schema of the value at a path. */
function schemaAt(path: JSONPath): JSONSchema | undefined {
  return path.reduce<JSONSchema | undefined>((schema, part) => {
    if (typeof part === 'string') return schema?.properties?.[part] as JSONSchema | undefined;
    const list = schema?.anyOf?.map(each => each as JSONSchema).find(each => each.type === 'array') ?? schema;
    return list?.items as JSONSchema | undefined;
  }, jsonSchema);
}

/** A value converted to the expected type, where it reads as one. */
function converted(expected: string, value: unknown): unknown[] {
  const number =
    typeof value === 'string' && value.trim() !== '' ? Number(value) : typeof value === 'number' ? value : NaN;
  if (expected === 'int' && Number.isFinite(number)) return [Math.round(number)];
  if (expected === 'number' && Number.isFinite(number)) return [number];
  if (expected === 'boolean' && (value === 'true' || value === 'false')) return [value === 'true'];
  if (expected === 'array' && typeof value === 'number') return [[value]];
  return [];
}

/** A message of zod in lower case, as a sentence of this program continues with it. */
function lower(message: string): string {
  const text = message.replace(/^Invalid input: /, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
