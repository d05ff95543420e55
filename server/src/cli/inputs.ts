import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isImageName } from '../../../mask/naming';
import type { SegmentOptions } from './options';

/** An image to segment. */
export interface Input {
  /** Absolute path. */
  readonly file: string;
  /** As the user would write it: what messages and JSON call it. */
  readonly name: string;
  /** Where its outputs go, as the user would write it. */
  readonly output: string;
}

/** What was asked for that is no image: one line each. */
export interface InputFailure { readonly name: string; readonly reason: string }

/** The images named by the arguments, each once, in order; folders stand for their images, sorted by name. */
export async function findInputs({ inputs, output, recursive }: SegmentOptions): Promise<{ images: Input[]; failures: InputFailure[] }> {
  const images = new Map<string, Input>();
  const failures: InputFailure[] = [];
  for (const name of inputs) {
    const isFolder = await stat(name).then(entry => entry.isDirectory(), () => false);
    if (!isFolder) {
      add(images, name, output ?? path.dirname(name));
      continue;
    }
    try {
      const found = await imagesIn(name, recursive);
      if (found.length === 0) failures.push({ name, reason: `it is a folder without images${recursive ? '' : '; --recursive looks into its folders too'}` });
      for (const relative of found) {
        add(images, path.join(name, relative), path.join(output ?? name, path.dirname(relative)));
      }
    } catch (error) {
      failures.push({ name, reason: `cannot be listed: ${(error as Error).message}` });
    }
  }
  return { images: [...images.values()], failures };
}

function add(images: Map<string, Input>, name: string, output: string): void {
  const file = path.resolve(name);
  if (!images.has(file)) images.set(file, { file, name, output });
}

/** Image files in a folder, relative to it, without Labelless's own outputs and without hidden folders. */
async function imagesIn(folder: string, recursive: boolean, below = ''): Promise<string[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const relative = path.join(below, entry.name);
    if (entry.isDirectory()) {
      if (recursive && !entry.name.startsWith('.')) found.push(...await imagesIn(folder, recursive, relative));
    } else if (isImageName(entry.name)) found.push(relative);
  }
  return found;
}
