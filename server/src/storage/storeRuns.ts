import path from 'node:path';
import { isTrainingRun, largestRunFile, runFiles, runFolders } from '../engine/experiment/trainingRunMark';
import { makeLocalFolder, removeLocalFolder } from './localFolder';
import type { ObjectStore } from './objectStore';
import { PlaceError } from './photoPlace';

/** Tells the pictures that training runs wrote into a bucket from photos, as a search in folders does. */
export class StoreRuns {
  private readonly known = new Map<string, Promise<boolean>>();

  constructor(private readonly store: ObjectStore) {}

  /** Whether an object is in one of the folders of a training run. */
  async hold(key: string, signal: AbortSignal | undefined): Promise<boolean> {
    const parts = key.split('/');
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1 || !Object.values<string>(runFolders).includes(part)) continue;
      const folder = [...parts.slice(0, index), ''].join('/');
      const found = this.known.get(folder) ?? this.isRun(folder, signal);
      this.known.set(folder, found);
      if (await found) return true;
    }
    return false;
  }

  private async isRun(folder: string, signal: AbortSignal | undefined): Promise<boolean> {
    const copy = await makeLocalFolder();
    try {
      for (const name of [runFiles.config, runFiles.classes])
        await this.store.download(`${folder}${name}`, path.join(copy, name), largestRunFile, signal);
      return await isTrainingRun(copy);
    } catch (error) {
      if (error instanceof PlaceError && error.problem === 'unusable') return false; // too large for one of its files
      throw error;
    } finally {
      await removeLocalFolder(copy);
    }
  }
}
