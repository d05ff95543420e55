import path from 'node:path';
import * as z from 'zod';
import { readRegularFile } from '../../../../../files/regularFile';
import { checkClassList, describeClassProblem } from '../../../../../mask/classes/checkClassList';
import type { ClassList } from '../../../../../mask/classes/classList';
import { maxClassId, type ClassEntry } from '../../../../../mask/classes/classListSchema';
import { toHex } from '../../../../../mask/colours/colour';
import { palette } from '../../../../../mask/colours/palettes';
import { reasonOf } from '../../../../../mask/errors';
import { decodeText, parseJson } from '../../../../../mask/files/json';
import { isBackground } from '../../../../../mask/shapes/shapes';
import { parseLabelmap } from './labelmap';
import { readYamlNames } from './yamlNames';

/** The largest file that classes are taken from: COCO's annotations of 120,000 images have 450 MB. */
const largestFile = 1e9;

/** A class as other programs list it; what it has not is made up. */
interface ForeignClass {
  readonly name: string;
  readonly id?: number;
  readonly colour?: string;
}

/** A class list that was made of another program's, and what was changed in it, a sentence each. */
export interface ImportedClasses {
  readonly list: ClassList;
  readonly remarks: readonly string[];
}

/**
 * Reads a list of classes as other programs write it: `labels.txt` with a name a line, `data.yaml` of YOLO, the
 * categories of COCO, `labelmap.txt` of Pascal VOC, or a JSON list of names. Their numbers become the ids.
 * @throws ReadError; Error that names the file, and what is wrong with it
 */
export async function importClasses(file: string): Promise<ImportedClasses> {
  const bytes = await readRegularFile(file, largestFile);
  try {
    return toClassList(foreignClasses(path.extname(file).toLowerCase(), bytes));
  } catch (error) {
    throw new Error(`${file}: ${reasonOf(error)}`, { cause: error });
  }
}

function foreignClasses(extension: string, bytes: Uint8Array): ForeignClass[] {
  if (extension === '.json') return fromJson(parseJson(bytes));
  const text = decodeText(bytes);
  if (extension === '.yaml' || extension === '.yml') return readYamlNames(text).names.map((name, id) => ({ id, name }));
  const lines = text.split(/\r\n|\r|\n/);
  const isLabelmap = lines.some(line => /^[^#:][^:]*:\s*\d+\s*,\s*\d+\s*,\s*\d+\s*:/.test(line));
  return isLabelmap ? parseLabelmap(text).map((entry, id) => ({ ...entry, id })) : fromLines(lines);
}

/** A name a line, numbered from 1; LabelMe's `_background_` is 0, and its `__ignore__` no class. */
function fromLines(lines: readonly string[]): ForeignClass[] {
  const names = lines.map(line => line.trim()).filter(name => name !== '' && name !== '__ignore__');
  const first = names[0] !== undefined && isBackground(names[0]) ? 0 : 1;
  return names.map((name, index) => ({ name, id: first + index }));
}

const categorySchema = z.object({
  id: z.int(),
  name: z.string(),
  color: z.tuple([z.int(), z.int(), z.int()]).optional().catch(undefined),
});

function fromJson(content: unknown): ForeignClass[] {
  const names = z.array(z.string()).safeParse(content);
  if (names.success) return fromLines(names.data);
  const coco = z.object({ categories: z.array(categorySchema) }).safeParse(content);
  if (!coco.success) throw new Error('it has neither categories of COCO, with id and name, nor is it a list of names');
  return coco.data.categories.map(({ id, name, color }) => ({
    id,
    name,
    ...(color && { colour: toHex(color.map(part => Math.min(255, Math.max(0, part))) as [number, number, number]) }),
  }));
}

/** Makes a class list of what another program lists. @throws Error, a clause, where that is impossible */
export function toClassList(foreign: readonly ForeignClass[]): ImportedClasses {
  if (foreign.length === 0) throw new Error('it lists no classes');
  const remarks: string[] = [];
  const names = new Set<string>();
  const named = foreign.filter(({ name }) => {
    const isNew = name.trim() !== '' && !names.has(name.trim());
    names.add(name.trim());
    if (!isNew) remarks.push(`A class named ‘${name}’ is left out: its name is empty, or another class has it.`);
    return isNew;
  });
  const ids = named.map(({ id = -1 }) => id);
  const keepsIds = ids.every(id => id >= 0 && id <= maxClassId) && new Set(ids).size === ids.length;
  if (!keepsIds)
    remarks.push(`The ids were not all different and from 0 to ${maxClassId}, so classes are numbered anew.`);
  const background = named.find(({ name }) => isBackground(name));
  let next = 0;
  let colours = 0;
  const classes = named.map((entry): ClassEntry => {
    const isGround = entry === background;
    const id = keepsIds ? entry.id! : isGround ? 0 : ++next;
    const colour = entry.colour ?? (isGround ? '#000000' : palette[colours++ % palette.length]!);
    return { id, name: entry.name.trim(), colour, ...(isGround && { background: true }) };
  });
  const checked = checkClassList({ classes });
  if ('list' in checked) return { list: checked.list, remarks };
  throw new Error(checked.problems.slice(0, 3).map(describeClassProblem).join('; '));
}
