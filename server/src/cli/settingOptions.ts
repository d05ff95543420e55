import path from 'node:path';
import { Option, type Command } from 'commander';
import { describeIssues } from '../../../mask/issueText';
import { assignSetting, settingDefault } from '../../../protocol/settingKeys';
import { settingsSchema, type Settings } from '../../../protocol/settings';
import { isStoreUrl } from '../storage/storeUrl';

/** The error of a wrong call, whose exit status is 2. */
export class UsageError extends Error {}

/** The key of a setting, such as `limits.threads`, and its value. */
type Assignment = readonly [key: string, value: unknown];

/** A command-line option for one of the settings: the settings schema has its default and checks its value. */
export class SettingOption extends Option {
  /**
   * @param key of the setting, without `labelless.`
   * @param defaultDescription what the help says of the default, where its value says too little; '' for nothing
   */
  constructor(
    flags: string,
    readonly key: string,
    description: string,
    defaultDescription?: string,
  ) {
    super(flags, description);
    const value = settingDefault(key);
    if (defaultDescription !== '') this.default(value, defaultDescription ?? String(value));
    const called = this.long ?? flags;
    this.argParser(text => {
      if (text === '') throw new UsageError(`${called} wants a value`);
      return checkedValue(key, text, `${called} ${text}`);
    });
  }
}

/** The option `--set KEY=VALUE` for any of the settings, which may be given several times. */
export function setOption(description: string): Option {
  return new Option('--set <KEY=VALUE>', description).argParser((pair: string, previous: Assignment[] = []) => {
    const split = pair.indexOf('=');
    if (split < 1) throw new UsageError(`--set ${pair}: KEY=VALUE is wanted`);
    const key = pair.slice(0, split).replace(/^labelless\./, '');
    const assignment: Assignment = [key, checkedValue(key, pair.slice(split + 1), `--set ${pair}`)];
    return [...previous, assignment];
  });
}

export const jsonOption = (): Option =>
  new Option('--json', 'print one JSON object on standard output, everything else on standard error');

/** The options for the settings of back end, threads and random numbers, which several commands have. */
export const machineOptions = (): Option[] => [
  new SettingOption('--backend <NAME>', 'backend', 'auto, cpu, webgpu, cuda, directml, coreml, wasm or tensorflow'),
  threadsOption(),
  new SettingOption('--seed <N>', 'seed', 'start of the random numbers'),
];

export const threadsOption = (): Option =>
  new SettingOption('--threads <N>', 'limits.threads', 'threads of the CPU back ends', 'the free cores');

/** The options for the prediction by a trained network. */
export const predictionOptions = (): Option[] => [
  new SettingOption(
    '--scales <LIST>',
    'adaptation.scales',
    "with a checkpoint: sizes to predict at and to average, as factors of the network's, such as 0.75,1,1.25; " +
      '1 is the fastest',
    "the run's own",
  ),
  new SettingOption(
    '--mirror <on|off>',
    'adaptation.mirror',
    'with a checkpoint: predict each size mirrored too, in twice the time',
    "the run's own",
  ),
  new SettingOption(
    '--refine <on|off>',
    'adaptation.refine',
    "with a checkpoint: let classes follow the photo's superpixels",
    "the run's own",
  ),
];

export const granularityOption = (): SettingOption =>
  new SettingOption('--granularity <G>', 'granularity', 'from 0, few large regions, to 1, many small ones');

/**
 * The settings that the options of a parsed command give, with the defaults for the rest. A {@link SettingOption}
 * precedes `--set`, and the path of the checkpoint is made absolute.
 */
export function settingsOf(command: Command): Settings {
  const raw: Record<string, unknown> = {};
  const assignments = (command.getOptionValue('set') ?? []) as Assignment[];
  for (const [key, value] of assignments) assignSetting(raw, key, value);
  for (const option of command.options) {
    const name = option.attributeName();
    if (option instanceof SettingOption && command.getOptionValueSource(name) !== 'default')
      if (command.getOptionValue(name) !== undefined) assignSetting(raw, option.key, command.getOptionValue(name));
  }
  const settings = settingsSchema.parse(raw);
  const { checkpoint } = settings.adaptation;
  return checkpoint === '' || isStoreUrl(checkpoint)
    ? settings
    : { ...settings, adaptation: { ...settings.adaptation, checkpoint: path.resolve(checkpoint) } };
}

/**
 * The value that a text stands for: the text itself where the setting is a text, else its value as JSON. A list may be
 * given without brackets, its entries separated by commas.
 * @param call the part of the command line that it comes from
 * @throws UsageError when there is no such setting, or it cannot have that value
 */
function checkedValue(key: string, text: string, call: string): unknown {
  const standard = settingDefault(key);
  if (standard === undefined) throw new UsageError(`${call}: there is no setting ${key}`);
  const value = typeof standard === 'string' ? text : Array.isArray(standard) ? listOf(text) : fromJson(text);
  const raw: Record<string, unknown> = {};
  assignSetting(raw, key, value);
  const { error } = settingsSchema.safeParse(raw);
  if (error) throw new UsageError(`${call}: ${describeIssues(error.issues, raw).join('; ')}`);
  return value;
}

function listOf(text: string): unknown {
  return text.trim().startsWith('[') ? fromJson(text) : text.split(',').map(entry => fromJson(entry.trim()));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Parses a whole number from `least` to `most`. @throws UsageError for any other text */
export function parseInteger(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`${option} ${text}: a whole number from ${least} to ${most} is wanted`);
}

/** A parser of an option that takes some of several words, separated by commas, and may be given again. */
export function listParser<Word extends string>(option: string, words: readonly Word[]) {
  return (list: string, previous: readonly Word[] = []): Word[] => {
    const names = list
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '');
    if (names.length === 0) throw new UsageError(`${option} wants one or more of ${words.join(', ')}`);
    const found = names.map(name => {
      const word = words.find(candidate => candidate === name);
      if (word === undefined) throw new UsageError(`${option} ${name}: there is ${words.join(', ')}`);
      return word;
    });
    return [...new Set([...previous, ...found])];
  };
}
