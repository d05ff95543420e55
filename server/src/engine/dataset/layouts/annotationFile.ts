import { stat } from 'node:fs/promises';
import { reasonOf } from '../../../../../mask/errors';
import { readCoco, type CocoFile } from '../../../../../mask/formats/readCoco';
import { ImageError } from '../../image/imageError';
import { readJson } from './datasetFiles';

/** The largest annotation file, in megabytes: a JavaScript string holds no more. COCO's own largest has 448. */
const largest = 500;

/** How long the last file is kept, in ms: the check before training reads it, and training right after. */
const keptFor = 10_000;

let last: { readonly key: string; readonly content: Promise<CocoFile> } | undefined;

/** Reads COCO's annotation file. @throws ImageError */
export async function readAnnotationFile(file: string): Promise<CocoFile> {
  const found = await stat(file).catch(() => undefined);
  const key = [file, found?.ino, found?.size, found?.mtimeMs].join(' ');
  if (last?.key !== key) {
    const entry = { key, content: parsed(file) };
    last = entry;
    const forget = () => {
      if (last === entry) last = undefined;
    };
    entry.content.then(() => setTimeout(forget, keptFor).unref(), forget);
  }
  return last.content;
}

async function parsed(file: string): Promise<CocoFile> {
  const content = await readJson(file, largest);
  try {
    return readCoco(content);
  } catch (error) {
    throw new ImageError(file, reasonOf(error));
  }
}
