import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readRegularFile } from '../../files/regularFile';
import { ignoredValue, type ClassEntry } from '../../mask/classes/classListSchema';
import { palette } from '../../mask/colours/palettes';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { readSidecar } from '../../mask/files/sidecar';

/** A name with a colour, as a label has them. */
export interface NamedColour {
  readonly name: string;
  /** `#rrggbb`; absent where the palette is to choose. */
  readonly colour?: string | undefined;
}

/** The largest sidecar that is read for its names, in bytes, and the most sidecars of a folder. */
const [maxSidecarBytes, maxSidecars] = [64e6, 500];

/** The classes of an example, for people who write their own. */
export const exampleClasses: readonly NamedColour[] = [
  { name: 'road', colour: '#804080' },
  { name: 'building', colour: '#464646' },
  { name: 'vegetation', colour: '#6b8e23' },
  { name: 'sky', colour: '#4682b4' },
  { name: 'car', colour: '#00008e' },
];

/** The name of the class of what has no label, and its id. */
const background = { id: 0, name: 'background', colour: '#000000', background: true } as const;

/**
 * Makes classes of names: ids from 1 in their order, keys 1 to 9, and a background. Names are trimmed and taken once,
 * as far as there are ids.
 */
export function classesNamed(names: readonly NamedColour[]): ClassEntry[] {
  const classes = new Map<string, ClassEntry>([[background.name, background]]);
  for (const { name, colour } of names) {
    const plain = name.replace(/\p{Cc}+/gu, ' ').trim();
    const id = classes.size;
    if (plain === '' || classes.has(plain) || id >= ignoredValue) continue;
    const colourOr = (colour ?? palette[(id - 1) % palette.length]!).toLowerCase();
    classes.set(plain, { id, name: plain, colour: colourOr, ...(id <= 9 && { key: String(id) }) });
  }
  return [...classes.values()].sort((a, b) => (a.id || ignoredValue) - (b.id || ignoredValue));
}

/** The names that a user gave to the labels of a mask, of the largest label first. */
export function namesInMask(mask: MaskDocument): NamedColour[] {
  return mask
    .view()
    .labels.filter(({ representative }) => mask.isNamed(representative))
    .sort((a, b) => b.area - a.area)
    .map(({ name, colour }) => ({ name, colour }));
}

/** The names of labels in the masks of a folder, the most frequent first; sidecars that cannot be read are left out. */
export async function namesInFolder(folder: string): Promise<NamedColour[]> {
  const names = new Map<string, { name: string; colour: string | undefined; masks: number }>();
  const entries = await readdir(folder).catch(() => []);
  for (const entry of entries.filter(name => name.endsWith('.mask.json')).slice(0, maxSidecars)) {
    const content = await readRegularFile(path.join(folder, entry), maxSidecarBytes).catch(() => undefined);
    const read = content && readSidecar(content);
    if (!read || !('sidecar' in read)) continue;
    const named = new Map(read.sidecar.labels.flatMap(({ name, colour }) => (name ? [[name, colour] as const] : [])));
    for (const [name, colour] of named) {
      const known = names.get(name) ?? { name, colour, masks: 0 };
      names.set(name, { ...known, masks: known.masks + 1 });
    }
  }
  return [...names.values()].sort((a, b) => b.masks - a.masks).map(({ name, colour }) => ({ name, colour }));
}
