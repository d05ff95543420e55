import { defaultSettings, settingsSchema, type Settings } from '../../../protocol/settings';
import { UsageError } from './usage';

/**
 * Puts `key=value` into the settings in the making, the value as JSON where it is JSON, else as text.
 * @param as how to name the key in messages, where the user did not type it as `--set`
 * @throws UsageError for an unknown key
 */
export function assign(raw: Record<string, unknown>, pair: string, as?: string): void {
  const split = pair.indexOf('=');
  if (split < 1) throw new UsageError(`--set ${pair}: KEY=VALUE is wanted`);
  const path = pair
    .slice(0, split)
    .replace(/^labelless\./, '')
    .split('.');
  const expected = valueAt(path);
  if (expected === undefined || isGroup(expected))
    throw new UsageError(`--set ${pair}: there is no setting ${path.join('.')}`);
  const text = pair.slice(split + 1);
  const value = typeof expected === 'string' ? text : fromJson(text);
  if (as !== undefined && value === '') throw new UsageError(`${as} wants a value`);
  const last = path.pop()!;
  let group = raw;
  for (const key of path) group = (group[key] ??= {}) as Record<string, unknown>;
  group[last] = value;
}

function isGroup(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function valueAt(path: readonly string[]): unknown {
  let value: unknown = defaultSettings;
  for (const key of path) {
    if (!isGroup(value) || !Object.hasOwn(value as object, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Checks the settings and fills in the defaults.
 * @throws UsageError that names the wrong one
 */
export function parseSettings(raw: Record<string, unknown>): Settings {
  const result = settingsSchema.safeParse(raw);
  if (result.success) return result.data;
  throw new UsageError(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}
