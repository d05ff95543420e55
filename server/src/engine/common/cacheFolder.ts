import { homedir } from 'node:os';
import path from 'node:path';

/** The folder in which this user's programs keep what they can make again, and Labelless in it. */
export function userCacheFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME = '' } = process.env;
  const unix = path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(homedir(), '.cache');
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    win32: LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'),
    darwin: path.join(homedir(), 'Library', 'Caches'),
  };
  return path.join(folders[process.platform] ?? unix, 'labelless');
}
