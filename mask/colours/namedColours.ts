import { maxNameLength, type ClassInfo } from '../classes/classInfo';
import { palette } from './palettes';

/** The maximum number of names that are offered. */
const most = 1000;

/**
 * Reads the names that the setting `labelless.labels` lists, each with an optional colour (`sky #87ceeb`). Names
 * without one get the palette's colours in turn; entries that are no names, and repeated names, are left out.
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
