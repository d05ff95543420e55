import { Option, type Command } from 'commander';
import { methodNames, outputFormats, type OutputFormat } from '../../../protocol/names';
import { defaultSettings, type Settings } from '../../../protocol/settings';
import {
  granularityOption,
  listParser,
  parseInteger,
  predictionOptions,
  SettingOption,
  settingsOf,
  UsageError,
} from './settingOptions';

/** What a call asks to make of each image. */
export interface RequestOptions {
  /**
   * The images to learn labels from that have one meaning in all images; empty: each image is segmented by itself.
   */
  readonly references: readonly string[];
  readonly formats: readonly OutputFormat[];
  /** The number of regions to aim for, instead of a granularity. */
  readonly regions: number | undefined;
  readonly settings: Settings;
  /** A label image that contains some pixels of each label to find; only for one image. */
  readonly scribbles: string | undefined;
}

/** The options that are not settings, as commander parses them. */
interface Values {
  format?: OutputFormat[];
  regions?: number;
  scribbles?: string;
  reference?: string[];
}

/** The options for what is written. */
export const formatOptions = (): Option[] => [
  new Option(
    '--format <LIST>',
    `what to write, of ${outputFormats.join(', ')} (default: ${defaultSettings.output.formats.join()})`,
  ).argParser(listParser('--format', outputFormats)),
  new SettingOption('--values <KIND>', 'output.values', 'of the masks: labels, or classes by labelless.classes.json'),
];

/** The options for how images are segmented. */
export const methodOptions = (): Option[] => [
  new SettingOption(
    '--method <NAME>',
    'method',
    `${methodNames.slice(0, -1).join(', ')}, or ${methodNames.at(-1)}, which needs a checkpoint`,
  ),
  new SettingOption(
    '--checkpoint <DIR>',
    'adaptation.checkpoint',
    'folder of a run of labelless adapt, whose network is used',
    '',
  ).implies({ method: 'adapted' }),
  ...predictionOptions(),
  granularityOption(),
  new Option('--regions <N>', 'the granularity that gives N regions, or as near as can be')
    .argParser(text => parseInteger('--regions', text, 1, 65535))
    .conflicts('granularity'),
  new Option(
    '--reference <IMAGE...>',
    'learn from these together, at most 16 of them, and label the images after a -- by that: a label has one ' +
      'meaning, name and colour in all; names in the masks of the references are kept',
  ),
];

/**
 * Reads what a parsed command asks for.
 * @param operandsAfterTerminator how many operands stand behind a `--`
 * @returns also the operands that are no references
 * @throws UsageError for options that do not go together
 */
export function requestOptions(
  command: Command,
  operandsAfterTerminator: number,
): RequestOptions & { readonly operands: readonly string[] } {
  const values = command.opts<Values>();
  const settings = settingsOf(command);
  const given = (name: string) => !['default', undefined].includes(command.getOptionValueSource(name));
  checkMethod(settings, values, ['checkpoint', 'scales', 'mirror', 'refine'].filter(given));
  const { args } = command;
  const before = args.length - operandsAfterTerminator;
  const { reference, scribbles, regions, format = settings.output.formats } = values;
  return {
    operands: reference ? args.slice(before) : args,
    references: reference ? [...reference, ...args.slice(0, before)] : [],
    formats: format,
    regions,
    settings,
    scribbles,
  };
}

/**
 * Checks that the options fit the method.
 * @param ofCheckpoint the options of a trained network that were given
 * @throws UsageError when they do not
 */
function checkMethod(
  { method, adaptation }: Settings,
  { reference, scribbles }: Values,
  ofCheckpoint: readonly string[],
): void {
  if (method === 'adapted' && adaptation.checkpoint === '')
    throw new UsageError('--method adapted wants --checkpoint DIR, the folder of a trained run');
  if (method !== 'clustering' && reference)
    throw new UsageError(`--reference goes with --method clustering, not ${method}`);
  if (method !== 'adapted' && ofCheckpoint.length > 0)
    throw new UsageError(`--${ofCheckpoint[0]} goes with --method adapted, not ${method}`);
  if (scribbles !== undefined && (method !== 'clustering' || reference))
    throw new UsageError('--scribbles is a method of its own: it goes with no --method, --checkpoint or --reference');
}
