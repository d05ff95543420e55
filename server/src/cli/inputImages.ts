import { stat } from 'node:fs/promises';
import path from 'node:path';
import { foldedName } from '../../../mask/files/fileNames';
import { reasonOf } from '../../../mask/errors';
import { rememberedByKey } from '../engine/common/rememberedByKey';
import { posixPath } from '../engine/common/relativePath';
import { imagesIn, realPath } from '../engine/segment/imageFolder';
import type { ImageInput, InputFailure } from '../batch/imageInput';
import { readFileList, type FileList } from './fileList';

/** The images that were found, and what was not. */
export interface FoundInputs {
  readonly images: readonly ImageInput[];
  readonly failures: readonly InputFailure[];
}

/** Where the images of a call are. */
interface InputPlaces {
  readonly inputs: readonly string[];
  /** A list of further inputs. */
  readonly list?: FileList | undefined;
  /** The folder to write into; undefined: beside each image. */
  readonly output: string | undefined;
  readonly recursive: boolean;
}

/**
 * Finds the images that the arguments and a list name, each once, in order. Folders stand for their images, sorted by
 * name.
 */
export async function findInputs({ inputs, list, output, recursive }: InputPlaces): Promise<FoundInputs> {
  const images = new InputList();
  const { failures } = images;
  const listed = list ? await readFileList(list) : { paths: [], notText: [] };
  for (const name of listed.notText)
    failures.push({ name, reason: 'its name is not UTF-8, so that it cannot be opened; rename it' });
  const given = [
    ...inputs.map(name => ({ name, named: true })),
    ...listed.paths.map(name => ({ name, named: false })), // by a program, as a rule
  ];
  for (const { name, named } of given) {
    const isFolder = await stat(name).then(
      entry => entry.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      const relative = posixPath(path.normalize(name));
      await images.add({ name, relative, output: output ?? path.dirname(name), named });
      continue;
    }
    try {
      const found = await imagesIn(name, recursive);
      if (found.length === 0)
        failures.push({
          name,
          reason: `it is a folder without images${recursive ? '' : '; --recursive looks into its folders too'}`,
        });
      for (const relative of found) {
        await images.add({
          name: path.join(name, relative),
          relative: posixPath(relative),
          output: path.join(output ?? name, path.dirname(relative)),
          named: false,
        });
      }
    } catch (error) {
      failures.push({ name, reason: `cannot be listed: ${reasonOf(error)}` });
    }
  }
  return { images: images.all, failures };
}

/**
 * Collects inputs in order, each file once whatever links lead to it, and none whose outputs would overwrite those of
 * another.
 */
class InputList {
  readonly all: ImageInput[] = [];
  readonly failures: InputFailure[] = [];
  private readonly files = new Set<string>();
  private readonly targets = new Map<string, ImageInput>();
  private readonly isFolded = rememberedByKey(ignoresCase);

  async add(found: Omit<ImageInput, 'file'>): Promise<void> {
    const { name, output } = found;
    const file = path.resolve(name);
    const real = await realPath(file);
    if (this.files.has(real)) return;
    this.files.add(real);
    const exact = path.resolve(output, path.basename(file));
    const target = (await this.isFolded(path.resolve(output))) ? foldedName(exact) : exact;
    const other = this.targets.get(target);
    if (other) {
      this.failures.push({
        name,
        relative: found.relative,
        reason: `its mask would replace that of ${other.name} in ${output}; write it into another folder`,
      });
      return;
    }
    const input = { ...found, file };
    this.targets.set(target, input);
    this.all.push(input);
  }
}

/** Whether names that differ in case alone are the same in a folder, or in the one where it will be made. */
async function ignoresCase(folder: string): Promise<boolean> {
  const name = path.basename(folder);
  const swapped = name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase();
  if (name === '') return process.platform === 'win32' || process.platform === 'darwin';
  const found = await stat(folder).catch(() => undefined);
  if (!found || swapped === name) return ignoresCase(path.dirname(folder));
  const other = await stat(path.join(path.dirname(folder), swapped)).catch(() => undefined);
  return other?.ino === found.ino && other.dev === found.dev;
}
