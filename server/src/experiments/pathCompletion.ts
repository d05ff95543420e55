import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { getLocation } from 'jsonc-parser';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { rangeOf } from '../jsonFiles/problems';
import { parseJsonText } from '../jsonFiles/jsonText';

/** By the path of a setting: the endings of the files that its value may name besides folders. */
const fileEndings: Readonly<Record<string, readonly string[]>> = {
  'source.root': [],
  'source.images': [],
  'source.labels': ['.json'],
  'evaluation.root': [],
  'evaluation.images': [],
  'evaluation.labels': ['.json'],
  'target.images': [],
  'network.pretrained': ['.safetensors'],
  'output.folder': [],
};
const mostEntries = 500;
const rooted = z.object({ root: z.string() });

/**
 * Completes a path at `offset` with folders and files; undefined where the text has no path there.
 * @param base the folder that paths are relative to
 */
export async function completePath(
  document: TextDocument,
  offset: number,
  base: string,
): Promise<CompletionItem[] | undefined> {
  const text = document.getText();
  const { path: keys, previousNode: node, isAtPropertyKey } = getLocation(text, offset);
  const [section] = keys;
  const endings = fileEndings[keys.join('.')];
  if (section === undefined || !endings || isAtPropertyKey || node?.type !== 'string' || offset <= node.offset)
    return undefined;
  const start = node.offset + 1;
  const closed = node.length > 1 && text[node.offset + node.length - 1] === '"';
  const end = closed ? node.offset + node.length - 1 : Math.max(offset, start);
  if (offset > end) return undefined;
  const slash = text.lastIndexOf('/', offset - 1);
  const from = slash >= start ? slash + 1 : start;
  const next = text.slice(offset, end).indexOf('/');
  const range = rangeOf(document, { offset: from, length: (next < 0 ? end : offset + next) - from });
  const entries = await entriesOf(
    path.resolve(startOf(sectionIn(text, section), keys, base), unescaped(text.slice(start, from))),
    endings,
  );
  return [{ name: '..', isFolder: true }, ...entries].map(({ name, isFolder }) => ({
    label: name,
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    filterText: name,
    sortText: `${isFolder ? 0 : 1}${name}`,
    textEdit: { range, newText: JSON.stringify(name).slice(1, -1) },
  }));
}

/** The folder that a path of a section is relative to: `images` and `labels` are relative to the section's `root`. */
export function startOf(section: unknown, [name, key]: readonly (string | number)[], base: string): string {
  const inner = key === 'root' || name === 'target' ? undefined : rooted.safeParse(section).data;
  return path.resolve(base, inner?.root ?? '.');
}

/** The names of the folders in a folder; none where it cannot be read. */
export async function foldersIn(folder: string): Promise<string[]> {
  return (await entriesOf(folder, [])).map(({ name }) => name);
}

/** Folders, and files of some endings, in a folder; none where it cannot be read. */
async function entriesOf(folder: string, endings: readonly string[]): Promise<{ name: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const listed = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.'))
      .slice(0, mostEntries)
      .map(async entry => {
        const isFolder =
          entry.isDirectory() ||
          (entry.isSymbolicLink() &&
            (await stat(path.join(folder, entry.name)).then(
              found => found.isDirectory(),
              () => false,
            )));
        return isFolder || endings.includes(path.extname(entry.name).toLowerCase())
          ? [{ name: entry.name, isFolder }]
          : [];
      }),
  );
  return listed.flat();
}

function sectionIn(text: string, name: string | number): unknown {
  return z.record(z.string(), z.unknown()).safeParse(parseJsonText(text).value).data?.[name];
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
