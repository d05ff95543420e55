import { experimentSchema, type Experiment } from '../engine/experiment/experimentSchema';
import { formatInLine } from '../jsonFiles/jsonText';

/** The sections of an experiment file, in the order in which they are written. */
export const experimentSections = Object.keys(experimentSchema.shape);

/** The experiment without the values that are not valid; undefined where too many are not. */
export function validPart(value: unknown): Experiment | undefined {
  let rest = value;
  for (;;) {
    const parsed = experimentSchema.safeParse(rest);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    const { path } = issue;
    const less =
      issue.code === 'unrecognized_keys'
        ? without(rest, path, new Set<PropertyKey>(issue.keys))
        : without(rest, path.slice(0, -1), new Set(path.slice(-1)));
    if (less === rest) return undefined;
    rest = less;
  }
}

/**
 * A copy of a value without some keys of the object at a path, or the value itself where it has none of them. A path
 * into a list removes the complete list.
 */
function without(value: unknown, path: readonly PropertyKey[], keys: ReadonlySet<PropertyKey>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [key, ...rest] = path;
  const entries = Object.entries(value);
  if (key === undefined) {
    const left = entries.filter(([name]) => !keys.has(name));
    return left.length === entries.length ? value : Object.fromEntries(left);
  }
  if (!Object.hasOwn(value, key)) return value;
  const inner = (value as Record<PropertyKey, unknown>)[key];
  const left = Array.isArray(inner) ? undefined : without(inner, rest, keys);
  if (left === inner) return value;
  return Object.fromEntries(
    entries.flatMap(([name, old]) => (name !== key ? [[name, old]] : left === undefined ? [] : [[name, left]])),
  );
}

/** The longest line of a section; what is longer has a line for each of its settings. */
const longestLine = 120;

/** Formats an experiment as the text of its file: one paragraph for each section, short ones in one line. */
export function formatExperiment(experiment: object): string {
  const sections = Object.entries(experiment).map(([key, value]) => section(JSON.stringify(key), value));
  return `{\n${sections.join(',\n')}\n}\n`;
}

function section(key: string, value: unknown): string {
  if (Array.isArray(value)) return `  ${key}: [\n${value.map(item => `    ${formatInLine(item)}`).join(',\n')}\n  ]`;
  const line = `  ${key}: ${formatInLine(value)}`;
  if (line.length <= longestLine || typeof value !== 'object' || value === null) return line;
  const settings = Object.entries(value).map(([name, inner]) => `    ${JSON.stringify(name)}: ${formatInLine(inner)}`);
  return `  ${key}: {\n${settings.join(',\n')}\n  }`;
}
