import path from 'node:path';
import { Option, type Command } from 'commander';
import { maskStatuses, type MaskStatus } from '../../../mask/document/maskStatus';
import { unfinishedStatuses } from '../engine/session/batchProgress';
import type { FileList } from './fileList';
import { formatOptions, methodOptions, requestOptions, type RequestOptions } from './requestOptions';
import { jsonOption, listParser, machineOptions, setOption, UsageError } from './settingOptions';
import { parseShard, type Shard } from './shardOption';

/** The arguments of `labelless segment`. */
export interface SegmentOptions extends RequestOptions {
  readonly inputs: readonly string[];
  /** A list of further inputs. */
  readonly list: FileList | undefined;
  /** The folder to write into; undefined: beside each image. */
  readonly output: string | undefined;
  readonly recursive: boolean;
  /** What is printed on standard output: a line an image, one JSON object in the end, or one an image. */
  readonly print: 'text' | 'json' | 'json-lines';
  /** Only images whose masks have one of these statuses; undefined: all that are named or nobody is done with. */
  readonly only: ReadonlySet<MaskStatus> | undefined;
  /** The share of the images to segment; undefined: all. */
  readonly shard: Shard | undefined;
  /** Whether images are left out that are done by such a call. */
  readonly resume: boolean;
}

/** The options that are not settings and say nothing of the result, as commander parses them. */
interface Values {
  output?: string;
  recursive?: true;
  filesFrom?: string;
  null?: true;
  json?: true;
  jsonLines?: true;
  only?: MaskStatus[];
  shard?: Shard;
  resume?: true;
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
  labelless segment photos/ --shard 3/64 --resume
  find photos -name '*.jpg' -print0 | labelless segment --files-from - -0 --json-lines

Exit status: 0; 1 when an image failed, the others are written; 2 for a wrong call; 130 when interrupted.
`;

/** Describes `labelless segment` and its options to commander; the caller sets the action. */
export function describeSegment(command: Command): Command {
  command
    .summary('write a mask for each image')
    .description(
      'Segments each image and writes its mask beside it. ' +
        'Without an image it segments a sample picture into the current folder.',
    )
    .argument('[IMAGE|FOLDER...]', 'images to segment; a folder stands for the images in it')
    .optionsGroup('Files:')
    .option('-o, --output <DIR>', 'write into DIR instead')
    .option('-r, --recursive', "take the images of a folder's folders too");
  for (const option of formatOptions()) command.addOption(option);
  command
    .addOption(
      new Option(
        '--only <LIST>',
        `only images whose masks are one of ${maskStatuses.join(', ')}; ` +
          'without it a folder stands for all but those approved or skipped',
      ).argParser(listParser('--only', maskStatuses)),
    )
    .addOption(jsonOption())
    .optionsGroup('Many images:')
    .addOption(
      new Option(
        '--resume',
        'leave out what is done: its mask whole, and made of this image with these options by this version; what a ' +
          'person edited, approved or skipped is left alone',
      ).conflicts('only'),
    )
    .addOption(
      new Option(
        '--shard <I/N>',
        'only one of N shares, as 3/64 for the third of 64; auto: the one of this task of a Slurm array, a ' +
          'Kubernetes indexed Job (LABELLESS_SHARDS: its completions) or an AWS Batch array',
      ).argParser(text => parseShard(text)),
    )
    .option('--files-from <FILE>', 'take the images and folders of a list too, a path a line; -: of standard input')
    .option('-0, --null', 'with --files-from: NUL characters separate the paths, as of find -print0')
    .addOption(
      new Option('--json-lines', 'print a JSON object a line for each image, as soon as it is done').conflicts('json'),
    )
    .optionsGroup('Method:');
  for (const option of methodOptions()) command.addOption(option);
  command
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
  const { operands, ...request } = requestOptions(command, operandsAfterTerminator);
  const list = listIn(values);
  if (request.references.length > 0 && operands.length === 0 && !list)
    throw new UsageError('--reference A.jpg B.jpg … -- IMAGE…: after the -- the images to segment are wanted');
  const { shard, resume = false } = values;
  if (resume && !request.formats.includes('mask'))
    throw new UsageError('--resume knows by the masks what is done: --format must have mask among others');
  const options: SegmentOptions = {
    ...request,
    inputs: operands,
    list,
    output: values.output ?? (request.settings.output.folder || undefined),
    recursive: values.recursive ?? false,
    print: values.jsonLines ? 'json-lines' : values.json ? 'json' : 'text',
    only: resume ? unfinishedStatuses : values.only && new Set(values.only),
    shard,
    resume,
  };
  if (operands.length > 0 || list) return options;
  if (shard || resume) throw new UsageError(`--${shard ? 'shard' : 'resume'} wants a folder, images or --files-from`);
  return sampleOptions(options);
}

function listIn({ filesFrom, null: isNull }: Values): FileList | undefined {
  if (filesFrom === '') throw new UsageError('--files-from wants a value');
  if (isNull && filesFrom === undefined) throw new UsageError('--null is about a list: give --files-from too');
  return filesFrom === undefined ? undefined : { from: filesFrom, separator: isNull ? '\0' : '\n' };
}

/**
 * The options for the sample picture that comes with the program: it is written into the current folder by default,
 * with an overlay.
 */
function sampleOptions(options: SegmentOptions): SegmentOptions {
  const picture = path.join(__dirname, '..', 'media', 'sample.jpg');
  const formats = new Set([...options.formats, 'overlay' as const]);
  return { ...options, inputs: [picture], output: options.output ?? '.', formats: [...formats] };
}
