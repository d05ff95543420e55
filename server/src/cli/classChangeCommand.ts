import path from 'node:path';
import type { ClassList } from '../../../mask/classes/classList';
import { defaultSettings } from '../../../protocol/settings';
import type { ChangeClassResult } from '../../../protocol/classMessages';
import { changeClass, openClasses, type FolderClassChange } from '../engine/classes/changeClass';
import { counted } from '../engine/common/counted';
import type { WantedChange } from './classChangeOptions';
import { failureLine } from './segmentReport';
import { printOut } from './standardStreams';
import { printable } from './terminal';

interface ClassChangeOptions {
  readonly folder: string;
  readonly wanted: WantedChange;
  /** The folder of the masks; undefined: beside the images. */
  readonly output?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/**
 * `labelless classes rename` and the like: changes a class in all masks of a folder, or takes that back.
 * @throws Error when the change is impossible, with nothing changed
 */
export async function changeClasses(options: ClassChangeOptions): Promise<number> {
  const { output, dryRun = false, json = false } = options;
  const folder = path.resolve(options.folder);
  const result = await changeClass(folder, changeOf((await openClasses(folder)).list, options.wanted), {
    maskFolder: relative => path.resolve(output ?? folder, path.dirname(relative)),
    maxPixels: defaultSettings.limits.megapixels * 1e6,
    dryRun,
  });
  for (const { path: name, reason } of result.obstacles) process.stderr.write(`${failureLine({ name, reason })}\n`);
  const isRefused = !result.done && !dryRun;
  if (json) printOut(`${JSON.stringify(result)}\n`);
  else if (isRefused) process.stderr.write(`${printable(result.file)}: nothing was changed\n`);
  else printOut(`${printable(`${result.file}: ${describeResult(result)}`)}\n`);
  return isRefused || result.obstacles.length > 0 ? 1 : 0;
}

/** The change with ids in place of what the user calls classes. @throws Error for one that the list has not */
function changeOf(list: ClassList, wanted: WantedChange): FolderClassChange {
  if (wanted.kind === 'takeBack') return wanted;
  const idOf = (text: string) => {
    const entry = list.byName(text) ?? (/^\d+$/.test(text) ? list.byId(Number(text)) : undefined);
    if (!entry) throw new Error(`there is no class ‘${text}’; there are ${namesIn(list)}`);
    return entry.id;
  };
  const { of, ...change } = wanted;
  const id = idOf(of);
  return change.kind === 'merge' ? { kind: 'merge', id, into: idOf(change.into) } : { ...change, id };
}

function namesIn({ classes }: ClassList): string {
  return classes.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none';
}

function describeResult({ summary, masks, labels, done }: ChangeClassResult): string {
  const { kind, name, to, takenBack } = summary;
  const words = {
    rename: `‘${name}’ renamed to ‘${to}’`,
    recolour: `the colour of ‘${name}’ changed to ${to}`,
    background: `‘${name}’ made the background`,
    merge: `‘${name}’ merged into ‘${to}’`,
    remove: `‘${name}’ removed`,
  };
  const what = takenBack ? `taken back: ${words[kind]}` : words[kind];
  const where = `${counted(labels, 'label')} in ${counted(masks.length, 'mask')}`;
  return done ? `${what}; ${where}` : `nothing is changed yet: ${what}; would change ${where}`;
}
