import type * as vscode from 'vscode';
import { isUnderWay, type TrainingUpdate } from '../../protocol/trainingRun';

// `extension.ts` reads this at activation: what it imports must be small, and no message's schema is.

const key = 'labelless.training';

/**
 * The folders of the runs under way, kept with the workspace: after a reload of the window they are followed again, or
 * they would stop.
 */
export function rememberedRuns(memory: vscode.Memento): readonly string[] {
  return memory.get<string[]>(key, []);
}

/** Keeps the memory in step with what runs tell. */
export function rememberRun(memory: vscode.Memento, { run }: TrainingUpdate): void {
  const before = rememberedRuns(memory);
  const { folder } = run;
  const underWay = isUnderWay(run);
  if (underWay === before.includes(folder)) return;
  void memory.update(key, underWay ? [...before, folder] : before.filter(other => other !== folder));
}

/** Removes runs that have ended or are gone from the memory. */
export async function forgetRuns(memory: vscode.Memento, folders: readonly string[]): Promise<void> {
  if (folders.length > 0)
    await memory.update(
      key,
      rememberedRuns(memory).filter(folder => !folders.includes(folder)),
    );
}
