import type * as vscode from 'vscode';
import type { LearningRoundInfo } from '../../protocol/learningMessages';

/** The round of a folder whose network proposes masks, as the workspace remembers it over a reload. */
export interface RememberedRound extends LearningRoundInfo {
  /** The URI of the folder. */
  readonly folder: string;
}

const key = 'labelless.round';

/** Reads the round that this workspace remembers; undefined where there is none. */
export function recallRound(memory: vscode.Memento): RememberedRound | undefined {
  const kept = memory.get<Partial<RememberedRound>>(key);
  const { folder, number, experiment, run } = kept ?? {};
  return typeof folder === 'string' &&
    typeof number === 'number' &&
    typeof experiment === 'string' &&
    typeof run === 'string'
    ? { folder, number, experiment, run }
    : undefined;
}

/** Remembers a round in this workspace; undefined forgets it. */
export function rememberRound(memory: vscode.Memento, round: RememberedRound | undefined): void {
  void memory.update(key, round);
}
