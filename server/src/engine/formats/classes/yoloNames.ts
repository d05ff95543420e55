import { isMap, isSeq } from 'yaml';
import { checkWellFormed, quoted } from './names';
import { listMark } from './classListFile';
import { isEmptyNames, readYamlNames, type YamlNames } from './yamlNames';

/** The new text of `data.yaml`, and its names by class number. */
export interface ExtendedNames {
  readonly text: string;
  readonly names: readonly string[];
  /** The number of names that the text had before. */
  readonly listed: number;
}

/**
 * Adds names of classes to the text of Ultralytics' `data.yaml`. The numbers of those listed stay, and so does
 * everything else that the file says, to the byte.
 * @param text undefined makes a new list
 * @throws Error, a clause for people, when the list is not understood or a name cannot be held
 */
export function extendYoloNames(text: string | undefined, wanted: readonly string[]): ExtendedNames {
  for (const name of wanted) checkWellFormed(name, 'YOLO');
  if (text === undefined) return { text: newList(wanted), names: wanted, listed: 0 };
  const present = withoutPath(text);
  const parsed = readYamlNames(present);
  const added = wanted.filter(name => !parsed.names.includes(name));
  const names = [...parsed.names, ...added];
  const listed = parsed.names.length;
  if (added.length === 0) return { text: present, names, listed };
  for (const extended of extensions(present, parsed, added))
    if (holds(extended, names)) return { text: extended, names, listed };
  throw new Error('its names are written so that none can be added to them');
}

function newList(names: readonly string[]): string {
  return [
    `${listMark} The images, or links to them, belong into images/, each under the name of its file in labels/.`,
    'train: images', // without `path`, the folder of this file counts
    'val: images',
    names.length === 0 ? 'names: {}' : 'names:',
    ...names.map((name, index) => `  ${index}: ${quoted(name)}`),
    '',
  ].join('\n');
}

/** Removes `path: .`, as earlier lists had it: it means the folder in which Ultralytics is started. */
function withoutPath(text: string): string {
  return text.replace(/^path:[ \t]*(["']?)\.\1[ \t]*(?:\r?\n|$)/m, '');
}

/** Whether a text lists these names. */
function holds(text: string, names: readonly string[]): boolean {
  try {
    const found = readYamlNames(text).names;
    return found.length === names.length && found.every((name, index) => name === names[index]);
  } catch {
    return false;
  }
}

/** Ways to add names to a text, the first of which most often is right. */
function* extensions(
  text: string,
  { names, node, end: behind, count }: YamlNames,
  added: readonly string[],
): Generator<string> {
  const [start, end] = node.range;
  const from = names.length;
  const numbered = added.map((name, index) => `${from + index}: ${quoted(name)}`);
  const isList = isSeq(node);
  const entries = isList ? added.map(quoted) : numbered;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // The number of classes stands before or behind the names; what is behind is changed first.
  const changed = (at: number, to: number, inserted: string) => {
    const edits = [
      [at, to, inserted] as const,
      ...(count ? [[count.range[0], count.range[1], String(from + added.length)] as const] : []),
    ].sort((a, b) => b[0] - a[0]);
    return edits.reduce((whole, [first, last, part]) => whole.slice(0, first) + part + whole.slice(last), text);
  };
  if (isEmptyNames(node)) {
    yield changed(start, end, numbered.map(entry => `${newline}  ${entry}`).join(''));
  } else if ((isSeq(node) || isMap(node)) && node.flow) {
    yield changed(end - 1, end - 1, `, ${entries.join(', ')}`);
    yield changed(end - 1, end - 1, ` ${entries.join(', ')}`); // behind a trailing comma
  } else {
    const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    const lines = entries.map(entry => `${indent}${isList ? '- ' : ''}${entry}`);
    const lineEnd = text.indexOf('\n', text.slice(0, behind).trimEnd().length);
    if (lineEnd >= 0) yield changed(lineEnd + 1, lineEnd + 1, lines.map(line => line + newline).join(''));
    else yield changed(text.length, text.length, lines.map(line => newline + line).join('') + newline);
  }
}
