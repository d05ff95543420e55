import path from 'node:path';
import { Command, CommanderError, type Argument, type Option } from 'commander';
import { version } from '../../../package.json';
import { classChangeCommands } from './classChangeOptions';
import {
  describeAdapt,
  describeClasses,
  describeDoctor,
  describeEvaluate,
  describeExportNetwork,
  describeFigure,
  describeLearn,
  describeServe,
  describeStatus,
} from './commandDescriptions';
import { describeCancel, describeEnqueue, describeRetry, describeWork, type QueueValues } from './queueOptions';
import { requestOptions } from './requestOptions';
import { describeSegment, segmentOptions } from './segmentOptions';
import { printOut } from './standardStreams';
import { settingsOf, UsageError } from './settingOptions';

/**
 * Runs the command line. The code of a command is loaded when it is called, so that help is shown at once.
 * @param args without the program's name
 * @returns the exit status
 * @throws UsageError for a wrong call, and any error of the command
 */
export async function runCommandLine(args: string[]): Promise<number> {
  let status = 0;
  const program = new Command('labelless')
    .description('Labelless segments images without annotations.')
    .version(version, '-v, --version', 'show the version')
    .helpCommand('help [COMMAND]', 'show the help of a command')
    .enablePositionalOptions()
    .configureOutput({ writeOut: printOut, outputError: () => undefined }) // the caller reports errors
    .addHelpText('after', '\nlabelless segment photo.jpg writes photo.mask.png; labelless COMMAND --help says more.');
  /** Adds a command; `run` receives the parsed command with its operands. */
  const add = (
    name: string,
    describe: (command: Command) => unknown,
    run: (command: Command) => Promise<number>,
    parent = program,
  ) => {
    const command = parent.command(name).helpOption('-h, --help', 'show this help');
    describe(command);
    command
      .exitOverride(error => {
        throw translated(error, command);
      })
      .action(async () => {
        status = await run(command);
      });
    return command;
  };
  program.helpOption('-h, --help', 'show this help').exitOverride(error => {
    throw translated(error, program);
  });

  add('segment', describeSegment, async command => {
    return (await import('./segmentCommand')).segmentImages(segmentOptions(command, operandsAfterTerminator(args)));
  });
  add('evaluate', describeEvaluate, async command => {
    const { predictions, truth, classes, picture, json = false } = command.opts<EvaluateValues>();
    const settings = settingsOf(command);
    if (settings.adaptation.checkpoint !== '')
      return (await import('./evaluateCheckpoint')).evaluateCheckpoint({ settings, picture, json });
    const stray = ['scales', 'mirror', 'refine'].find(name => command.getOptionValueSource(name) === 'cli');
    if (stray !== undefined) throw new UsageError(`--${stray} is of a trained network: give --checkpoint DIR too`);
    if (predictions === undefined) throw new UsageError('evaluate wants --predictions DIR, the label maps');
    if (truth === undefined) throw new UsageError('evaluate wants --truth DIR, the truths');
    if (picture !== undefined && classes === undefined)
      throw new UsageError('--picture is of classes: give --classes CONFIG.json too');
    const options = { predictions, truth, json, ...(classes !== undefined && { classes }) };
    return (await import('./evaluateCommand')).evaluatePredictions({
      ...options,
      ...(picture !== undefined && { picture }),
    });
  });
  add('adapt', describeAdapt, async command => {
    const { resume, replace, acceptChanges = false, json = false } = command.opts<AdaptValues>();
    if (acceptChanges && !resume)
      throw new UsageError('--accept-changes is about a run that goes on: give --resume too');
    const mode = resume ? 'resume' : replace ? 'replace' : 'new';
    const [file = ''] = command.args; // commander has checked that it is there
    const options = { file, json, mode, acceptChanges, settings: settingsOf(command) } as const;
    return (await import('./adaptCommand')).trainExperiment(options);
  });
  add('learn', describeLearn, async command => {
    const { output, steps, limit = Number.POSITIVE_INFINITY, undo, json = false } = command.opts<LearnValues>();
    const [folder = ''] = command.args; // commander has checked that it is there
    const learn = await import('./learnCommand');
    if (undo) return learn.undoLearning({ folder, output, json });
    return learn.learnFromMasks({ folder, output, steps, limit, json, settings: settingsOf(command) });
  });
  add('export-network', describeExportNetwork, async command => {
    const { output, force = false, json = false } = command.opts<ExportNetworkValues>();
    const [run = ''] = command.args; // commander has checked that it is there
    return (await import('./exportNetworkCommand')).exportRun({ run, output, force, json });
  });
  add('figure', describeFigure, async command => {
    const { output, width } = command.opts<{ output: string; width: number }>();
    const settings = settingsOf(command);
    if (settings.method === 'adapted')
      throw new UsageError('--method names Method 1: clustering, superpixel or continuity');
    if (settings.adaptation.checkpoint === '')
      throw new UsageError('figure wants --checkpoint DIR, the folder of a trained run');
    return (await import('./figureCommand')).drawComparison({ images: command.args, output, width, settings });
  });
  add('enqueue', describeEnqueue, async command =>
    (await import('./enqueueCommand')).enqueueFolder(command, operandsAfterTerminator(args)),
  );
  add('work', describeWork, async command => (await import('./workCommand')).workForQueues(command));
  add('retry', describeRetry, async command => (await import('./queueCommands')).retryQueue(command));
  add('cancel', describeCancel, async command => (await import('./queueCommands')).cancelQueue(command));
  add('status', describeStatus, async command => {
    if (command.opts<QueueValues>().queue || command.opts<QueueValues>().name !== undefined)
      return (await import('./queueCommands')).showQueueStatus(command);
    const { recursive = false, output, json = false } = command.opts<StatusValues>();
    const { operands, ...request } = requestOptions(command, operandsAfterTerminator(args));
    const [folder, ...more] = operands;
    if (folder === undefined || more.length > 0) throw new UsageError('status wants one folder of images');
    return (await import('./statusCommand')).showStatus({ folder, recursive, output, json, request });
  });
  const classes = add('classes', describeClasses, async command => {
    const { from, output } = command.opts<{ from?: string; output?: string }>();
    if (from === undefined)
      throw new UsageError('classes wants --from FILE, the list, or a change as in classes --help');
    return (await import('./classesCommand')).writeClassFile({ from, output });
  });
  for (const { name, describe, wanted } of classChangeCommands) {
    const run = async (command: Command) =>
      (await import('./classChangeCommand')).changeClasses({
        ...command.opts<ClassChangeValues>(),
        folder: command.args[0] ?? '', // commander has checked that it is there
        wanted: wanted(command.args.slice(1), command.opts()),
      });
    add(name, describe, run, classes);
  }
  add('doctor', describeDoctor, async command => {
    const { json = false } = command.opts<{ json?: true }>();
    return (await import('./doctorCommand')).examineMachine({ json, settings: settingsOf(command) });
  });
  add('serve', describeServe, serve);

  if (args.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2; // help or version has been shown
  }
  return status;
}

/** How many arguments stand behind a `--`. */
function operandsAfterTerminator(args: readonly string[]): number {
  const terminator = args.indexOf('--');
  return terminator < 0 ? 0 : args.length - terminator - 1;
}

interface EvaluateValues {
  readonly predictions?: string;
  readonly truth?: string;
  readonly classes?: string;
  readonly picture?: string;
  readonly json?: true;
}

interface LearnValues {
  readonly output?: string;
  readonly steps?: number;
  readonly limit?: number;
  readonly undo?: true;
  readonly json?: true;
}

interface ExportNetworkValues {
  readonly output: string;
  readonly force?: true;
  readonly json?: true;
}

interface StatusValues {
  readonly recursive?: true;
  readonly output?: string;
  readonly json?: true;
}

interface ClassChangeValues {
  readonly output?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

interface AdaptValues {
  readonly resume?: true;
  readonly replace?: true;
  readonly acceptChanges?: true;
  readonly json?: true;
}

/** Makes this process the language server, which ends by the protocol's `exit`, or with its client. */
async function serve(command: Command): Promise<number> {
  const transports = Object.keys(command.opts()).filter(option => option !== 'clientProcessId');
  if (transports.length !== 1)
    throw new UsageError('serve wants --stdio, or another way to speak: one of --node-ipc, --socket PORT, --pipe NAME');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a bundle of its own, which reads the options
  require(path.join(__dirname, 'server.js'));
  return new Promise(() => undefined);
}

/**
 * Converts an error of commander to a usage error in this program's terms; returns it as it is where it has shown help
 * or the version.
 */
function translated(error: CommanderError, command: Command): Error {
  const message = error.message.replace(/^error: /, '').replace('\n', ' ');
  switch (error.code) {
    case 'commander.help':
    case 'commander.helpDisplayed':
    case 'commander.version':
      return error;
    case 'commander.unknownCommand':
      return new UsageError(message.replace(/^unknown command '(.*?)'/, 'there is no command $1'));
    case 'commander.missingArgument': {
      const missing = command.registeredArguments.slice(command.args.length);
      return new UsageError(`${command.name()} wants ${missing.map(describedAs).join(', ')}`);
    }
    case 'commander.missingMandatoryOptionValue':
      return new UsageError(
        `${command.name()} wants ${command.options.filter(isMissing(command)).map(calledAs).join(', ')}`,
      );
    case 'commander.excessArguments':
      return new UsageError(
        `${command.name()} takes no ${command.args.slice(command.registeredArguments.length).join(' ')}`,
      );
    case 'commander.conflictingOption':
      return new UsageError(`${message}: give one of them, not both`);
    default:
      return new UsageError(message);
  }
}

const describedAs = ({ description }: Argument): string => description;
const isMissing = (command: Command) => (option: Option) =>
  option.mandatory && command.getOptionValue(option.attributeName()) === undefined;
/** An option as the help shows it, by its short name where it has one: `-o FILE.png, the picture to write`. */
const calledAs = ({ flags, description }: Option): string =>
  `${flags.replace(/^(-\w), --\w+/, '$1').replace(/[<>]/g, '')}, ${description}`;
