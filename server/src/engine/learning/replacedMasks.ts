import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../files/atomic';
import { isThere } from '../../../../files/keepAside';
import { readRegularFile } from '../../../../files/regularFile';
import { sha256 } from '../../../../files/sha256';
import { writing } from '../../../../files/writeError';
import { parseJson } from '../../../../mask/files/json';
import type { MaskPair } from '../session/maskPair';

/** An image whose mask a round replaced, and the mask that it had before. */
export interface ReplacedMask {
  /** Path from the folder, with `/` between its parts. */
  readonly image: string;
  readonly before: MaskPair;
}

const recordSchema = z.object({ image: z.string(), png: z.boolean(), sidecar: z.boolean() });
/** The largest mask or sidecar in bytes that is read, and the largest record. */
const [largestFile, largestRecord] = [1e9, 1e5];

/** The masks that a round's proposals replaced, in a folder of their own, so that the round can be undone. */
export class ReplacedMasks {
  constructor(private readonly folder: string) {}

  /**
   * Keeps the mask that an image has before the round replaces it; a later one of the same round is a proposal of the
   * round and is not kept.
   * @throws WriteError
   */
  async keep({ image, before }: ReplacedMask): Promise<void> {
    const { record, png, sidecar } = this.filesOf(image);
    if (await isThere(record)) return;
    await writing(this.folder, () => mkdir(this.folder, { recursive: true }));
    const kept = { image, png: before.png !== undefined, sidecar: before.sidecar !== undefined };
    const contents = new Map<string, Uint8Array | string>([[record, JSON.stringify(kept)]]);
    if (before.png) contents.set(png, before.png);
    if (before.sidecar) contents.set(sidecar, before.sidecar);
    await writeAtomically(contents);
  }

  /** The images whose masks were kept, sorted. What cannot be read is left out: it was not written whole. */
  async images(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found: string[] = [];
    for (const name of names.filter(each => each.endsWith('.json'))) {
      const bytes = await readRegularFile(path.join(this.folder, name), largestRecord).catch(() => undefined);
      const record = bytes && recordSchema.safeParse(parseOrNothing(bytes)).data;
      if (record) found.push(record.image);
    }
    return found.sort();
  }

  /** Reads the mask that an image had before. @throws ReadError for one that is there no more */
  async read(image: string): Promise<ReplacedMask> {
    const { record, png, sidecar } = this.filesOf(image);
    const kept = recordSchema.parse(parseJson(await readRegularFile(record, largestRecord)));
    return {
      image,
      before: {
        png: kept.png ? await readRegularFile(png, largestFile) : undefined,
        sidecar: kept.sidecar ? await readRegularFile(sidecar, largestFile) : undefined,
      },
    };
  }

  /** Forgets the mask of an image, and the folder once it is empty. */
  async forget(image: string): Promise<void> {
    const { record, png, sidecar } = this.filesOf(image);
    for (const file of [record, png, sidecar]) await rm(file, { force: true });
    const rest = await readdir(this.folder).catch(() => []);
    if (rest.length === 0) await rm(this.folder, { recursive: true, force: true });
  }

  /** Names the files of an image. Its path may be longer than a name can be, so they are called by its hash. */
  private filesOf(image: string) {
    const name = path.join(this.folder, sha256(image).slice(0, 32));
    return { record: `${name}.json`, png: `${name}.mask.png`, sidecar: `${name}.sidecar` };
  }
}

function parseOrNothing(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}
