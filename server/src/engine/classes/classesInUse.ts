import { readRegularFile } from '../../../../files/regularFile';
import type { ClassInUse } from '../../../../mask/classes/classInUse';
import { labelsOfClass, usableSidecar } from '../../../../mask/files/reclassify';
import type { StatusReader } from '../session/statusReader';
import type { FolderContext } from './folderChange';
import { governedMasks, type MaskPair } from './governedMasks';
import { relativePath } from '../common/relativePath';

/** The most masks of a folder that are looked at, and the most that are named for a class. */
const [mostMasks, mostExamples] = [50_000, 3];
/** The largest sidecar in bytes that is read for the name of a class. */
const largestSidecar = 100e6;

/**
 * Finds the classes of labels in the masks that have their classes from a folder's class file, by id. Masks that cannot
 * be read are left out.
 * @param reader remembers what it read of files that have not changed since
 */
export async function classesInUse(
  folder: string,
  { maskFolder, cancel }: Pick<FolderContext, 'maskFolder' | 'cancel'>,
  reader: StatusReader,
): Promise<ClassInUse[]> {
  const users = new Map<number, MaskPair[]>();
  const { pairs } = await governedMasks(folder, maskFolder);
  for (const [index, pair] of pairs.slice(0, mostMasks).entries()) {
    if (index % 100 === 99) await new Promise(setImmediate); // a look waits for the disk: a cancel is heard between
    cancel?.throwIfAborted();
    for (const id of reader.classesIn(pair.sidecar)) {
      const masks = users.get(id);
      if (masks) masks.push(pair);
      else users.set(id, [pair]);
    }
  }
  const found: ClassInUse[] = [];
  for (const [id, masks] of [...users].sort(([a], [b]) => a - b)) {
    const examples = masks.slice(0, mostExamples).map(({ mask }) => relativePath(folder, mask));
    found.push({ id, masks: masks.length, examples, ...(await lookOf(id, masks[0]!)) });
  }
  return found;
}

/** The name and colour of a class as a sidecar keeps them; none where it cannot be read. */
async function lookOf(id: number, { sidecar }: MaskPair): Promise<Pick<ClassInUse, 'name' | 'colour'>> {
  try {
    const { known } = usableSidecar(await readRegularFile(sidecar, largestSidecar));
    const { name, colour } = known.labels[labelsOfClass(known, id)[0] ?? -1] ?? {};
    return { name, colour };
  } catch {
    return {};
  }
}
