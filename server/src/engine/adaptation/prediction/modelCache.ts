import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { openAdaptedModel, type AdaptedModel } from './adaptedModel';
import type { Backend } from '../../backend/session';
import { runFiles, runFolders } from '../../experiment/trainingRunMark';

/**
 * The trained network used last, kept ready for further pictures: it is opened anew where its folder or the back end is
 * another one, or where the run was trained on.
 */
export class ModelCache {
  private last: { readonly key: string; readonly backend: Backend; readonly model: AdaptedModel } | undefined;

  /**
   * Opens a run's folder as a model, or returns the open one. A model that was returned before cannot be used then.
   * @throws as `openAdaptedModel`
   */
  async open(folder: string, openBackend: () => Promise<Backend>, memory: number): Promise<AdaptedModel> {
    const key = JSON.stringify([folder, memory, await versionOf(folder)]);
    if (this.last?.key === key && this.last.backend === (await openBackend())) return this.last.model;
    await this.dispose();
    const opened: Backend[] = [];
    const model = await openAdaptedModel(
      folder,
      async () => {
        opened.push(await openBackend());
        return opened[0]!;
      },
      memory,
    );
    this.last = { key, backend: opened[0]!, model };
    return model;
  }

  async dispose(): Promise<void> {
    const { last } = this;
    this.last = undefined;
    await last?.model.dispose();
  }
}

/** The names, times and sizes of the files that a model is read from. */
async function versionOf(folder: string): Promise<string[]> {
  const checkpoints = await readdir(path.join(folder, runFolders.checkpoints)).catch(() => []);
  const files = [
    runFiles.config,
    runFiles.classes,
    ...checkpoints.map(name => path.join(runFolders.checkpoints, name)),
  ];
  return Promise.all(
    files.map(async name => {
      const found = await stat(path.join(folder, name)).catch(() => undefined);
      return `${name} ${found?.mtimeMs} ${found?.size}`;
    }),
  );
}
