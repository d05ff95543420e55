import type * as vscode from 'vscode';
import type { TrainingParams } from '../../protocol/adapt';

const key = 'labelless.training';

/**
 * The folders of the runs under way, kept with the workspace: after a reload of the window they are followed again, or
 * they would stop.
 */
export function rememberedRuns(memory: vscode.Memento): readonly string[] {
  return memory.get<string[]>(key, []);
}

/** Keeps the memory in step with what runs tell. */
export function rememberRun(memory: vscode.Memento, { run: { folder, state } }: TrainingParams): void {
  const before = rememberedRuns(memory);
  const underWay = state === 'running' || state === 'paused';
  if (underWay === before.includes(folder)) return;
  void memory.update(key, underWay ? [...before, folder] : before.filter(other => other !== folder));
}

/** Forgets runs that cannot be followed any more. */
export async function forgetRuns(memory: vscode.Memento, folders: readonly string[]): Promise<void> {
  await memory.update(
    key,
    rememberedRuns(memory).filter(folder => !folders.includes(folder)),
  );
}
