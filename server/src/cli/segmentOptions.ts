import path from 'node:path';
import { Option, type Command } from 'commander';
import { maskStatuses, type MaskStatus } from '../../../mask/document/maskStatus';
import { methodNames, outputFormats, type OutputFormat } from '../../../protocol/names';
import { defaultSettings, type Settings } from '../../../protocol/settings';
import {
  granularityOption,
  jsonOption,
  machineOptions,
  parseInteger,
  SettingOption,
  predictionOptions,
  setOption,
  settingsOf,
  UsageError,
} from './settingOptions';

/** The arguments of `labelless segment`. */
export interface SegmentOptions {
  readonly inputs: readonly string[];
  /**
   * The images to learn labels from that have one meaning in all of `inputs`; empty: each image is segmented by itself.
   */
  readonly references: readonly string[];
  /** The folder to write into; undefined: beside each image. */
  readonly output: string | undefined;
  readonly recursive: boolean;
  readonly json: boolean;
  readonly formats: readonly OutputFormat[];
  /** The number of regions to aim for, instead of a granularity. */
  readonly regions: number | undefined;
  readonly settings: Settings;
  /** Only images whose masks have one of these statuses; undefined: all that are named or nobody is done with. */
  readonly only: ReadonlySet<MaskStatus> | undefined;
  /** A label image that contains some pixels of each label to find; only for one image. */
  readonly scribbles: string | undefined;
}

/** The options that are not settings, as commander parses them. */
interface Values {
  output?: string;
  recursive?: true;
  json?: true;
  format?: OutputFormat[];
  regions?: number;
  only?: MaskStatus[];
  scribbles?: string;
  reference?: string[];
}

const filesAndExamples = `
Written for photo.jpg:
  photo.mask.png   the labels, an indexed PNG of the image's displayed size; 0 is background
  photo.mask.json  names, colours, locks, the hierarchy behind the slider, and how the mask was made

Examples:
  labelless segment photos/ -o masks --recursive --granularity 0.6 --format mask,overlay,npy
  labelless segment photo.jpg --method continuity --seed 7 --json
  labelless segment --reference a.jpg b.jpg -- frames/
  labelless segment photos/ --checkpoint runs/street
  labelless segment photos/ --only none

Exit status: 0; 1 when an image failed, the others are written; 2 for a wrong call; 130 when interrupted.
`;

/** Describes `labelless segment` and its options to commander; the caller sets the action. */
export function describeSegment(command: Command): Command {
  const method = new SettingOption(
    '--method <NAME>',
    'method',
    `${methodNames.slice(0, -1).join(', ')}, or ${methodNames.at(-1)}, which needs a checkpoint`,
  );
  const checkpoint = new SettingOption(
    '--checkpoint <DIR>',
    'adaptation.checkpoint',
    'folder of a run of labelless adapt, whose network is used',
    '',
  );
  command
    .summary('write a mask for each image')
    .description(
      'Segments each image and writes its mask beside it. ' +
        'Without an image it segments a sample picture into the current folder.',
    )
    .argument('[IMAGE|FOLDER...]', 'images to segment; a folder stands for the images in it')
    .optionsGroup('Files:')
    .option('-o, --output <DIR>', 'write into DIR instead')
    .option('-r, --recursive', "take the images of a folder's folders too")
    .addOption(
      new Option(
        '--format <LIST>',
        `what to write, of ${outputFormats.join(', ')} (default: ${defaultSettings.output.formats.join()})`,
      ).argParser(parseFormats),
    )
    .addOption(
      new SettingOption(
        '--values <KIND>',
        'output.values',
        'of the masks: labels, or classes by labelless.classes.json',
      ),
    )
    .addOption(
      new Option(
        '--only <LIST>',
        `only images whose masks are one of ${maskStatuses.join(', ')}; ` +
          'without it a folder stands for all but those approved or skipped',
      ).argParser(parseStatuses),
    )
    .addOption(jsonOption())
    .optionsGroup('Method:')
    .addOption(method)
    .addOption(checkpoint.implies({ method: 'adapted' }));
  for (const option of predictionOptions()) command.addOption(option);
  command
    .addOption(granularityOption())
    .addOption(
      new Option('--regions <N>', 'the granularity that gives N regions, or as near as can be')
        .argParser(text => parseInteger('--regions', text, 1, 65535))
        .conflicts('granularity'),
    )
    .option(
      '--reference <IMAGE...>',
      'learn from these together, at most 16 of them, and label the images after a -- by that: a label has one ' +
        'meaning, name and colour in all; names in the masks of the references are kept',
    )
    .option(
      '--scribbles <FILE.png>',
      "learn a few strokes a label: a label image of the picture's size, 255 where nothing is drawn",
    )
    .optionsGroup('Machine:');
  for (const option of machineOptions()) command.addOption(option);
  return command
    .optionsGroup('Options:')
    .addOption(setOption('any setting of the editor, such as clustering.iterations=30'))
    .addHelpText('after', filesAndExamples);
}

/**
 * The options of a parsed call of `labelless segment`.
 * @param operandsAfterTerminator how many operands stand behind a `--`
 * @throws UsageError for options that do not go together
 */
export function segmentOptions(command: Command, operandsAfterTerminator: number): SegmentOptions {
  const values = command.opts<Values>();
  const settings = settingsOf(command);
  const given = (name: string) => !['default', undefined].includes(command.getOptionValueSource(name));
  checkMethod(settings, values, ['checkpoint', 'scales', 'mirror', 'refine'].filter(given));
  const options = {
    ...inputsAndReferences(command.args, values.reference, operandsAfterTerminator),
    output: values.output ?? (settings.output.folder || undefined),
    recursive: values.recursive ?? false,
    json: values.json ?? false,
    formats: values.format ?? settings.output.formats,
    regions: values.regions,
    settings,
    only: values.only && new Set(values.only),
    scribbles: values.scribbles,
  };
  return options.inputs.length > 0 ? options : sampleOptions(options);
}

/**
 * Separates the references from the inputs. With `--reference A B -- C D` the operands before the `--` are references,
 * too.
 */
function inputsAndReferences(operands: readonly string[], reference: readonly string[] | undefined, after: number) {
  if (!reference) return { inputs: operands, references: [] };
  const before = operands.length - after;
  if (after === 0)
    throw new UsageError('--reference A.jpg B.jpg … -- IMAGE…: after the -- the images to segment are wanted');
  return { inputs: operands.slice(before), references: [...reference, ...operands.slice(0, before)] };
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

/**
 * The options for the sample picture that comes with the program: it is written into the current folder by default,
 * with an overlay.
 */
function sampleOptions(options: SegmentOptions): SegmentOptions {
  const picture = path.join(__dirname, '..', 'media', 'sample.png');
  const formats = new Set([...options.formats, 'overlay' as const]);
  return { ...options, inputs: [picture], output: options.output ?? '.', formats: [...formats] };
}

const parseFormats = listParser('--format', outputFormats);
const parseStatuses = listParser('--only', maskStatuses);

/** A parser of an option that takes some of several words, separated by commas, and may be given again. */
function listParser<Word extends string>(option: string, words: readonly Word[]) {
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
