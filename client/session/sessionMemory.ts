import * as vscode from 'vscode';
import { wholeList, type ListView } from '../../mask/session/imageList';
import { parseListView } from '../../protocol/imageListPage';
import { rememberedSessionKey } from './rememberedSession';

/** A session as the workspace remembers it. */
export interface RememberedSession {
  readonly folder: vscode.Uri;
  readonly view: ListView;
  readonly current: string | undefined;
}

/** Reads the session that this workspace had before the window was reloaded; undefined where it had none. */
export function recallSession(memory: vscode.Memento): RememberedSession | undefined {
  const kept = memory.get<unknown>(rememberedSessionKey);
  if (typeof kept !== 'object' || kept === null || !('folder' in kept) || typeof kept.folder !== 'string')
    return undefined;
  const view = 'view' in kept ? parseListView(kept.view) : undefined;
  const current = 'current' in kept && typeof kept.current === 'string' ? kept.current : undefined;
  return { folder: vscode.Uri.parse(kept.folder), view: view ?? wholeList, current };
}

/** Remembers a session in this workspace; undefined forgets it. */
export function rememberSession(memory: vscode.Memento, session: RememberedSession | undefined): void {
  void memory.update(rememberedSessionKey, session && { ...session, folder: session.folder.toString() });
}
