import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isImageName, isSkippedFolder } from '../../../mask/files/fileNames';
import { reasonOf } from '../../../mask/errors';
import { withoutRunFiles } from '../engine/experiment/trainingRunMark';
import type { SegmentOptions } from './segmentOptions';

/** An image to segment. */
export interface ImageInput {
  /** Absolute path. */
  readonly file: string;
  /** The path as the user would write it, which messages and JSON use. */
  readonly name: string;
  /** The folder of its outputs, as the user would write it. */
  readonly output: string;
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
      images.add(name, output ?? path.dirname(name));
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
        images.add(path.join(name, relative), path.join(output ?? name, path.dirname(relative)));
      }
    } catch (error) {
      failures.push({ name, reason: `cannot be listed: ${reasonOf(error)}` });
    }
  }
  return { images: images.all, failures };
}

/** Collects inputs in order, each file once, and none whose outputs would overwrite those of another. */
class InputList {
  readonly all: ImageInput[] = [];
  readonly failures: InputFailure[] = [];
  private readonly files = new Set<string>();
  private readonly targets = new Map<string, ImageInput>();

  add(name: string, output: string): void {
    const file = path.resolve(name);
    if (this.files.has(file)) return;
    this.files.add(file);
    const target = path.resolve(output, path.basename(file));
    const other = this.targets.get(target);
    if (other) {
      this.failures.push({
        name,
        reason: `its mask would replace that of ${other.name} in ${output}; write it into another folder`,
      });
      return;
    }
    const input = { file, name, output };
    this.targets.set(target, input);
    this.all.push(input);
  }
}

/**
 * The image files in a folder, relative to it, without Labelless's own outputs, the pictures of training runs, and
 * hidden folders.
 */
async function imagesIn(folder: string, recursive: boolean, below = ''): Promise<string[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const found: string[] = [];
  const own = await withoutRunFiles(path.join(folder, below), entries);
  for (const entry of [...own].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = path.join(below, entry.name);
    if (entry.isDirectory()) {
      if (recursive && !isSkippedFolder(entry.name)) found.push(...(await imagesIn(folder, recursive, relative)));
    } else if (isImageName(entry.name)) found.push(relative);
  }
  return found;
}
