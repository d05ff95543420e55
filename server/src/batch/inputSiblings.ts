import path from 'node:path';
import { isImageName, siblingsByStem } from '../../../mask/files/fileNames';
import { namesIn } from '../engine/common/namesIn';
import { rememberedByKey } from '../engine/common/rememberedByKey';
import type { ImageInput } from './imageInput';

/**
 * Makes a function that gives the names of images of an input's stem, for `outputNames`: of those beside it, and of all
 * inputs that are written into the same folder. Each folder is listed once, since it may have a hundred thousand files.
 */
export function siblingsOfInputs(all: readonly ImageInput[]): (input: ImageInput) => readonly string[] {
  const written = new Map<string, string[]>();
  for (const { output, file } of all) {
    const names = written.get(output);
    if (names) names.push(path.basename(file));
    else written.set(output, [path.basename(file)]);
  }
  const beside = siblingsBeside();
  const together = rememberedByKey(output => siblingsByStem(written.get(output) ?? []));
  return ({ file, output }) => {
    const name = path.basename(file);
    return [...beside(file), ...together(output)(name)];
  };
}

/** Makes a function that gives the names of images of a file's stem beside it. Each folder is listed once. */
export function siblingsBeside(): (file: string) => readonly string[] {
  const inFolder = rememberedByKey(folder => siblingsByStem(namesIn(folder).filter(isImageName)));
  return file => inFolder(path.dirname(file))(path.basename(file));
}
