import { writeAtomically, type FileContents } from '../../../../files/atomic';
import { markOf } from '../../../../files/journal';
import { readRegularFile, ReadError } from '../../../../files/regularFile';
import { readTogether } from '../../../../files/together';
import { ChangedError } from '../../../../files/unchanged';
import { sha256 } from '../../../../files/sha256';
import type { LabelClass } from '../../../../mask/classes/classChange';
import type { ClassList } from '../../../../mask/classes/classList';
import { reasonOf } from '../../../../mask/errors';
import { reclassify, usableSidecar } from '../../../../mask/files/reclassify';
import type { Sidecar } from '../../../../mask/files/sidecar';
import type { ChangeSummary } from '../../../../protocol/classMessages';
import { governedMasks, type MaskPair, type Obstacle } from './governedMasks';
import { formatLastChange, lastChangeIn, type LastChange } from './lastChange';
import { relativePath } from '../common/relativePath';

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

/** What the masks of a folder are changed with. */
export interface FolderContext {
  /** The folder of the mask of an image, given by its path from the folder. */
  readonly maskFolder: (relative: string) => string;
  readonly maxPixels: number;
  readonly cancel?: AbortSignal | undefined;
}

/** A change of a class file and of the masks that have their classes from it. */
export interface ChangePlan {
  /** The folder of the class file, and the file with its content as it was read. */
  readonly folder: string;
  readonly file: string;
  readonly content: Buffer;
  /** The mark of the class file before it was read, see `markOf`. */
  readonly mark: string | null;
  readonly summary: ChangeSummary;
  /** The class list after the change, and its text. */
  readonly list: ClassList;
  readonly text: string;
  /**
   * What labels of a mask have of their classes from now on, by their index in the sidecar; undefined where the mask
   * stays as it is.
   * @throws Error, a clause for people, where that cannot be told
   */
  readonly labelsOf: (sidecar: Sidecar, mask: string) => ReadonlyMap<number, LabelClass> | undefined;
  /** Whether masks that cannot be changed are left as they are. */
  readonly leavesOthers: boolean;
}

/** The outcome of a change, or what it would be. */
export interface FolderOutcome {
  readonly masks: string[];
  readonly labels: number;
  readonly obstacles: Obstacle[];
}

/** Some masks cannot be changed, so nothing is. */
class Obstructed extends Error {}

/** Finds what a plan would change, and what stands in its way. Nothing is written. */
export async function examineChange(plan: ChangePlan, context: FolderContext): Promise<FolderOutcome> {
  const work = new FolderWork(plan, context);
  const masks = work.masks();
  while (!(await masks.next()).done); // what it yields is not written
  return work.outcome();
}

/**
 * Changes the class file and all masks, all of them or none: a process that is killed meanwhile has done nothing, or
 * the next one that reads there finishes it.
 * @returns the outcome; nothing is changed where it has obstacles that the plan does not leave
 * @throws ChangedError when another program writes one of the files meanwhile, WriteError, ReadError of the class file
 */
export async function makeChange(plan: ChangePlan, context: FolderContext): Promise<FolderOutcome & { done: boolean }> {
  const work = new FolderWork(plan, context);
  const { cancel: signal } = context;
  try {
    await writeAtomically(work.files(), { lockAll: true, signal, check: () => work.checkUnchanged() });
  } catch (error) {
    if (!(error instanceof Obstructed)) throw error;
    return { ...work.outcome(), done: false };
  }
  return { ...work.outcome(), done: true };
}

class FolderWork {
  private readonly marks = new Map<string, string | null>();
  private readonly changed: LastChange['masks'] = [];
  private readonly obstacles: Obstacle[] = [];

  constructor(
    private readonly plan: ChangePlan,
    private readonly context: FolderContext,
  ) {}

  outcome(): FolderOutcome {
    const labels = this.changed.reduce((sum, { before }) => sum + before.length, 0);
    return { masks: this.changed.map(({ mask }) => mask), labels, obstacles: this.obstacles };
  }

  /** The new contents of all files. @throws Obstructed when a mask cannot be changed */
  async *files(): AsyncGenerator<ContentOf<FileContents>> {
    const { folder, file, content, mark, text, summary, leavesOthers } = this.plan;
    this.marks.set(file, mark);
    yield [file, text];
    yield* this.masks();
    if (this.obstacles.length > 0 && !leavesOthers) throw new Obstructed();
    const classFile = { before: content.toString(), after: sha256(text) };
    yield [lastChangeIn(folder), formatLastChange({ version: 1, summary, classFile, masks: this.changed })];
  }

  /** The new contents of the masks' files, one mask after the other. */
  async *masks(): AsyncGenerator<ContentOf<FileContents>> {
    const { folder } = this.plan;
    const { pairs, unlisted } = await governedMasks(folder, this.context.maskFolder);
    this.obstacles.push(...unlisted);
    for (const pair of pairs) {
      this.context.cancel?.throwIfAborted();
      const mask = relativePath(folder, pair.mask);
      try {
        yield* await this.changeOne(pair, mask);
      } catch (error) {
        this.obstacles.push({ path: mask, reason: error instanceof ReadError ? error.reason : reasonOf(error) });
      }
    }
  }

  /** @throws ChangedError when a file is not the one that was read any more */
  async checkUnchanged(): Promise<void> {
    for (const [file, mark] of this.marks) if ((await markOf(file)) !== mark) throw new ChangedError(file);
  }

  private async changeOne({ mask, sidecar }: MaskPair, name: string): Promise<ContentOf<FileContents>[]> {
    const marks = await Promise.all([markOf(mask), markOf(sidecar)]);
    const [text] = await readTogether([sidecar], largestFile);
    if (!text?.length) return [];
    const usable = usableSidecar(text);
    const changes = this.plan.labelsOf(usable.known, name);
    if (!changes) return [];
    const png = await readMask(mask);
    const { list } = this.plan;
    const { maxPixels } = this.context;
    const after = reclassify({ png, sidecar: usable }, changes, { list, sha256, maxPixels });
    this.changed.push({ mask: name, labels: hashOfLabels(after.labels), before: [...after.before] });
    this.marks.set(mask, marks[0]).set(sidecar, marks[1]);
    return [...(png.equals(after.png) ? [] : [[mask, after.png] as const]), [sidecar, after.sidecar]];
  }
}

/** Reads a mask file; that it is the sidecar's is known by its hash. @throws Error, a clause for people */
async function readMask(mask: string): Promise<Buffer> {
  const png = await readRegularFile(mask, largestFile).catch((error: unknown) => {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!png?.length) throw new Error('its mask file is gone');
  return png;
}

type ContentOf<T> = T extends AsyncIterable<infer U> ? U : never;

/** The hash of a sidecar's labels, which is another once a label or its class is changed. */
export function hashOfLabels(labels: Sidecar['labels']): string {
  return sha256(
    JSON.stringify(labels.map(one => [one.value, one.region, one.class, one.name, one.colour, one.locked])),
  );
}
