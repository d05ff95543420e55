import path from 'node:path';
import { describeIssues } from '../../../mask/issueText';
import { assignSetting, settingDefault } from '../../../protocol/settingKeys';
import { settingsSchema, type Settings } from '../../../protocol/settings';
import type { SegmentOptions } from './publicTypes';

/** The settings that options of `segment` stand for, by the name of the option. */
const settingOf = {
  method: 'method',
  granularity: 'granularity',
  seed: 'seed',
  backend: 'backend',
  threads: 'limits.threads',
  checkpoint: 'adaptation.checkpoint',
} as const satisfies Partial<Record<keyof SegmentOptions, string>>;

const otherOptions: readonly string[] = ['regions', 'settings', 'name', 'signal', 'onProgress'];

/**
 * Returns the settings that options stand for. A checkpoint is made absolute, and chooses the method.
 * @throws TypeError that names an option that is unknown, contradicts another one, or has no such value
 */
export function settingsFor(options: SegmentOptions): Settings {
  const unknown = Object.keys(options).find(name => !(name in settingOf) && !otherOptions.includes(name));
  if (unknown !== undefined) throw new TypeError(`segment: there is no option ${unknown}`);
  if (options.regions !== undefined && options.granularity !== undefined)
    throw new TypeError('segment: regions and granularity exclude each other; give one of them');
  const raw: Record<string, unknown> = options.checkpoint === undefined ? {} : { method: 'adapted' };
  for (const [key, value] of Object.entries(options.settings ?? {})) {
    if (settingDefault(key) === undefined) throw new TypeError(`segment: there is no setting ${key}`);
    assignSetting(raw, key, value);
  }
  for (const [option, key] of Object.entries(settingOf)) {
    const value = options[option as keyof typeof settingOf];
    if (value !== undefined) assignSetting(raw, key, value);
  }
  const { data, error } = settingsSchema.safeParse(raw);
  if (error) throw new TypeError(`segment: ${describeIssues(error.issues, raw).join('; ')}`);
  return withCheckpoint(data);
}

function withCheckpoint(settings: Settings): Settings {
  const { method, adaptation } = settings;
  const { checkpoint } = adaptation;
  if (method !== 'adapted' && checkpoint !== '')
    throw new TypeError(`segment: a checkpoint goes with the method adapted, not ${method}`);
  if (method !== 'adapted') return settings;
  if (checkpoint === '')
    throw new TypeError('segment: the method adapted wants a checkpoint, the folder of a training run');
  return { ...settings, adaptation: { ...adaptation, checkpoint: path.resolve(checkpoint) } };
}
