import type * as vscode from 'vscode';

/** The key of the labelling session in the workspace's memory. */
export const rememberedSessionKey = 'labelless.session';

/** Whether this workspace has a labelling session. */
export function hasRememberedSession(memory: vscode.Memento): boolean {
  return memory.get(rememberedSessionKey) !== undefined;
}
