import type * as vscode from 'vscode';
import { isUnderWay, type TrainingUpdate } from '../../protocol/trainingRun';
import { FollowTrainingRunRequest } from '../../protocol/trainingMessages';
import type { Server } from '../server/server';

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

/** Follows the runs that were under way when the window closed. Those that are not any more are forgotten. */
export async function followAgain(memory: vscode.Memento, server: Server): Promise<void> {
  const over: string[] = [];
  for (const folder of rememberedRuns(memory)) {
    try {
      if (!isUnderWay(await server.request(FollowTrainingRunRequest, { folder, follow: true }))) over.push(folder);
    } catch (error) {
      server.log.info(`${folder} is not followed any more: ${String(error)}`);
      over.push(folder);
    }
  }
  if (over.length > 0)
    await memory.update(
      key,
      rememberedRuns(memory).filter(folder => !over.includes(folder)),
    );
}
