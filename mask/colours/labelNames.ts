import { maxNameLength, type ClassInfo } from '../classes';
import { palette } from './palettes';

/** Most names that are offered. */
const most = 1000;

/**
 * Names as the setting `labelless.labels` lists them: each a name, which a colour may follow (`sky #87ceeb`); others
 * get the palette's colours in turn. What is no name is left out, and so is a name that was there before.
 */
export function parseLabelNames(setting: unknown): ClassInfo[] {
  if (!Array.isArray(setting)) return [];
  const names = new Map<string, ClassInfo>();
  for (const entry of setting.slice(0, most)) {
    if (typeof entry !== 'string') continue;
    const [, text, colour] = /^(.*?)(?:\s+(#[0-9a-f]{6}))?$/is.exec(entry.trim()) ?? [];
    const name = text.trim();
    if (name === '' || name.length > maxNameLength || names.has(name)) continue;
    names.set(name, { name, colour: colour?.toLowerCase() ?? palette[names.size % palette.length] });
  }
  return [...names.values()];
}
