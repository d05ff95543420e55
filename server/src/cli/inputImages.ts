import { stat } from 'node:fs/promises';
import path from 'node:path';
import { foldedName } from '../../../mask/files/fileNames';
import { reasonOf } from '../../../mask/errors';
import { imagesIn, realPath } from '../engine/segment/imageFolder';
import type { SegmentOptions } from './segmentOptions';

/** An image to segment. */
export interface ImageInput {
  /** Absolute path. */
  readonly file: string;
  /** The path as the user would write it, which messages and JSON use. */
  readonly name: string;
  /** The folder of its outputs, as the user would write it. */
  readonly output: string;
  /** Whether an argument is the image itself, not a folder that it is in. */
  readonly named: boolean;
}

/** An argument that names no image, or an image that failed, with the reason. */
export interface InputFailure {
  readonly name: string;
  readonly reason: string;
}

/** Finds the images that the arguments name, each once, in order. Folders stand for their images, sorted by name. */
export async function findInputs({
  inputs,
  output,
  recursive,
}: Pick<SegmentOptions, 'inputs' | 'output' | 'recursive'>): Promise<{
  images: ImageInput[];
  failures: InputFailure[];
}> {
  const images = new InputList();
  const { failures } = images;
  for (const name of inputs) {
    const isFolder = await stat(name).then(
      entry => entry.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      await images.add(name, output ?? path.dirname(name), true);
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
        await images.add(path.join(name, relative), path.join(output ?? name, path.dirname(relative)), false);
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

  async add(name: string, output: string, named: boolean): Promise<void> {
    const file = path.resolve(name);
    const real = await realPath(file);
    if (this.files.has(real)) return;
    this.files.add(real);
    const exact = path.resolve(output, path.basename(file));
    const target = (await ignoresCase(path.resolve(output))) ? foldedName(exact) : exact;
    const other = this.targets.get(target);
    if (other) {
      this.failures.push({
        name,
        reason: `its mask would replace that of ${other.name} in ${output}; write it into another folder`,
      });
      return;
    }
    const input = { file, name, output, named };
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
