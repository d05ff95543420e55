import path from 'node:path';
import { parseArgs } from 'node:util';
import { methodNames, outputFormats, type OutputFormat, type Settings } from '../../../protocol/settings';
import { assign, parseSettings } from './settings';
import { UsageError } from './usage';

/** A call of `labelless segment`. */
export interface SegmentOptions {
  readonly inputs: readonly string[];
  /** Images to learn labels from that mean the same in all of `inputs`; empty: each is segmented for itself. */
  readonly references: readonly string[];
  /** Where to write; undefined: beside each image. */
  readonly output: string | undefined;
  readonly recursive: boolean;
  readonly json: boolean;
  readonly formats: readonly OutputFormat[];
  /** Wanted number of regions, in place of a granularity. */
  readonly regions: number | undefined;
  readonly settings: Settings;
  /** A label image of what the labels of the one image are to be. */
  readonly scribbles: string | undefined;
}

/** Options that are a setting under a shorter name. */
const settingOf = {
  method: 'method',
  granularity: 'granularity',
  backend: 'backend',
  seed: 'seed',
  threads: 'limits.threads',
  checkpoint: 'adaptation.checkpoint',
} as const;

const definitions = {
  output: { type: 'string', short: 'o' },
  recursive: { type: 'boolean', short: 'r' },
  json: { type: 'boolean' },
  method: { type: 'string' },
  granularity: { type: 'string' },
  regions: { type: 'string' },
  backend: { type: 'string' },
  threads: { type: 'string' },
  seed: { type: 'string' },
  format: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  checkpoint: { type: 'string' },
  scribbles: { type: 'string' },
  reference: { type: 'string', multiple: true },
} as const;

/**
 * Reads the arguments of `labelless segment`.
 * @throws UsageError that names the wrong one
 */
export function parseSegmentOptions(args: string[]): SegmentOptions {
  const { values, positionals, tokens } = parse(args);
  if (values.method !== undefined) checkName('--method', values.method, methodNames);
  if (values.regions !== undefined && values.granularity !== undefined)
    throw new UsageError('give --regions or --granularity, not both');
  const settings = methodSettings(values);
  if (values.scribbles !== undefined && (settings.method !== 'clustering' || values.reference))
    throw new UsageError('--scribbles is a method of its own: it goes with no --method, --checkpoint or --reference');
  return {
    ...inputsOf(positionals, tokens, values.reference),
    output: values.output ?? (settings.output.folder || undefined),
    recursive: values.recursive ?? false,
    json: values.json ?? false,
    formats: values.format ? parseFormats(values.format) : settings.output.formats,
    regions: values.regions === undefined ? undefined : parseRegions(values.regions),
    settings,
    scribbles: values.scribbles,
  };
}

/** With `--reference A B -- C D` what stands before the `--` are references. */
function inputsOf(
  positionals: readonly string[],
  tokens: ReturnType<typeof parse>['tokens'],
  reference: readonly string[] | undefined,
) {
  if (!reference) return { inputs: positionals, references: [] };
  const end = tokens.find(({ kind }) => kind === 'option-terminator')?.index ?? Infinity;
  const before = tokens.filter(({ kind, index }) => kind === 'positional' && index < end).length;
  const inputs = positionals.slice(before);
  if (inputs.length === 0)
    throw new UsageError('--reference A.jpg B.jpg … -- IMAGE…: after the -- the images to segment are wanted');
  return { inputs, references: [...reference, ...positionals.slice(0, before)] };
}

/** Settings by options; a checkpoint alone asks for the method that needs one. */
function methodSettings(values: ReturnType<typeof parse>['values']): Settings {
  const settings = optionSettings(values.checkpoint === undefined ? values : { method: 'adapted', ...values });
  const { method, adaptation } = settings;
  if (method === 'adapted' && adaptation.checkpoint === '')
    throw new UsageError('--method adapted wants --checkpoint DIR, the folder of a trained run');
  if (method !== 'clustering' && values.reference)
    throw new UsageError(`--reference goes with --method clustering, not ${method}`);
  if (method !== 'adapted' && values.checkpoint !== undefined)
    throw new UsageError(`--checkpoint goes with --method adapted, not ${method}`);
  return settings;
}

/**
 * The settings that options and `--set` ask for; the checkpoint's path is made absolute.
 * @throws UsageError that names the wrong one
 */
export function optionSettings(
  values: { readonly set?: string[] } & Partial<Record<keyof typeof settingOf, string>>,
): Settings {
  const raw: Record<string, unknown> = {};
  for (const pair of values.set ?? []) assign(raw, pair);
  for (const [option, key] of Object.entries(settingOf)) {
    const value = values[option as keyof typeof settingOf];
    if (value !== undefined) assign(raw, `${key}=${value}`, `--${option}`);
  }
  const settings = parseSettings(raw);
  const { checkpoint } = settings.adaptation;
  return checkpoint === '' ? settings : { ...settings, adaptation: { checkpoint: path.resolve(checkpoint) } };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: definitions, allowPositionals: true, tokens: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function parseFormats(lists: readonly string[]): OutputFormat[] {
  const names = lists
    .flatMap(list => list.split(','))
    .map(name => name.trim())
    .filter(name => name !== '');
  if (names.length === 0) throw new UsageError(`--format wants one or more of ${outputFormats.join(', ')}`);
  return [...new Set(names.map(name => checkName('--format', name, outputFormats)))];
}

function checkName<T extends string>(option: string, name: string, known: readonly T[]): T {
  const found = known.find(candidate => candidate === name);
  if (found !== undefined) return found;
  throw new UsageError(`${option} ${name}: there is ${known.join(', ')}`);
}

function parseRegions(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 65535)
    throw new UsageError(`--regions ${text}: a whole number from 1 to 65535 is wanted`);
  return count;
}
