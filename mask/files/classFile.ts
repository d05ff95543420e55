import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
import { checkClassList, describeClassProblem, type ClassProblem } from '../classes/checkClassList';
import type { ClassList } from '../classes/classList';
import { reasonOf } from '../errors';
import { decodeText, parseJson } from './json';

/** The largest class file that is read, in bytes. */
export const maxClassFileBytes = 1e6;

/** Parses a class file of unknown origin, as a text or its bytes. It never throws. */
export function parseClassFile(content: string | Uint8Array): { list: ClassList } | { problems: ClassProblem[] } {
  try {
    return checkClassList(parseJson(content));
  } catch (error) {
    return { problems: [{ kind: 'form', path: [], message: reasonOf(error) }] };
  }
}

/** The text of a new class file, a class a line. */
export function formatClassFile({ classes }: Pick<ClassList, 'classes'>): string {
  const lines = classes.map(({ id, name, colour, key, background }) => {
    const entry = { id, name, colour, ...(key !== undefined && { key }), ...(background && { background }) };
    return `    ${JSON.stringify(entry, null, 1).replace(/\n */g, ' ')}`;
  });
  return `{\n  "classes": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** The properties of a class that a change of the list can change. */
const changeable = ['name', 'colour', 'background'] as const;

/**
 * The text of a class file after a change of its list: comments, order and spaces of what stays are kept.
 * @param content the file as it is, without problems
 * @param after its list after the change: of some of its classes, with the same ids
 */
export function changeClassFile(content: Uint8Array, before: ClassList, after: ClassList): string {
  let text = decodeText(content);
  const set = (path: JSONPath, value: unknown) => {
    text = applyEdits(text, modify(text, path, value, {}));
  };
  // From the last to the first, so that the places of the others stay.
  for (const [index, entry] of [...before.classes.entries()].reverse()) {
    const next = after.byId(entry.id);
    if (!next) set(['classes', index], undefined);
    else
      for (const property of changeable)
        if (next[property] !== entry[property]) set(['classes', index, property], next[property]);
  }
  const read = parseClassFile(text);
  return 'list' in read && isSameList(read.list, after) ? text : formatClassFile(after);
}

function isSameList(a: ClassList, b: ClassList): boolean {
  return formatClassFile(a) === formatClassFile(b);
}

/** A class file as `readNearest` finds it. */
type FoundFile = { readonly file: string } & (
  | { readonly content: Uint8Array }
  | { readonly unreadable: string } //
);

/** The class file that holds for an image: its list, or why it cannot be used, a clause. */
export type ClassFile = { readonly file: string } & ({ readonly list: ClassList } | { readonly problem: string });

/** Reads the class file that was found above an image; undefined where there is none. */
export function openClassFile(found: FoundFile | undefined): ClassFile | undefined {
  if (!found) return undefined;
  const { file } = found;
  if ('unreadable' in found) return { file, problem: found.unreadable };
  const parsed = parseClassFile(found.content);
  if ('list' in parsed) return { file, list: parsed.list };
  const [first, ...more] = parsed.problems;
  const rest = more.length > 0 ? `, and ${more.length} more` : '';
  return { file, problem: `${first ? describeClassProblem(first) : ''}${rest}` };
}
