import type * as vscode from 'vscode';
import { isUnderWay, type TrainingUpdate } from '../../protocol/trainingRun';

// `extension.ts` reads this at activation: what it imports must be small, and no message's schema is.

const key = 'labelless.training';

/**
 * The folders of the runs that were under way when they were last followed, from the workspace's memory. After a reload
 * of the window they must be followed again, or they would stop.
 */
export function rememberedRuns(memory: vscode.Memento): readonly string[] {
  return memory.get<string[]>(key, []);
}

/** Adds a run to the memory while it is under way, and removes it once it has ended. */
export function rememberRun(memory: vscode.Memento, { run }: TrainingUpdate): void {
  const before = rememberedRuns(memory);
  const { folder } = run;
  const underWay = isUnderWay(run);
  if (underWay === before.includes(folder)) return;
  void memory.update(key, underWay ? [...before, folder] : before.filter(other => other !== folder));
}

/** Removes runs that have ended or no longer exist from the memory. */
export async function forgetRuns(memory: vscode.Memento, folders: readonly string[]): Promise<void> {
  if (folders.length > 0)
    await memory.update(
      key,
      rememberedRuns(memory).filter(folder => !folders.includes(folder)),
    );
}
