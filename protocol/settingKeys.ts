import { defaultSettings } from './settings';

/**
 * Puts a value into an object of settings by the setting's key, such as `limits.threads`; its groups are made where
 * they are missing.
 */
export function assignSetting(raw: Record<string, unknown>, key: string, value: unknown): void {
  const groups = key.split('.');
  const last = groups.pop()!;
  let group = raw;
  for (const name of groups) group = (group[name] ??= {}) as Record<string, unknown>;
  group[last] = value;
}

/** Returns the default of the setting with a key; undefined where no setting, or a group of them, has it. */
export function settingDefault(key: string): unknown {
  const found = key
    .split('.')
    .reduce<unknown>(
      (value, name) => (isGroup(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      defaultSettings,
    );
  return isGroup(found) ? undefined : found;
}

function isGroup(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
