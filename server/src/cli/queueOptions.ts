import { Option, type Command } from 'commander';
import { reasonOf } from '../../../mask/errors';
import { batchSizes } from '../queue/photoJob';
import { addressVariable, parseQueueAddress, passwordVariable, type QueueAddress } from '../queue/queueAddress';
import { queueName } from '../queue/queueKeys';
import { formatOptions, methodOptions } from './requestOptions';
import { jsonOption, machineOptions, parseInteger, setOption, SettingOption, UsageError } from './settingOptions';

/** The options that all commands of a queue have, as commander parses them. */
export interface QueueValues {
  readonly queue?: QueueAddress;
  readonly name?: string;
  readonly patience: number;
  readonly json?: true;
}

export const addressOption = (): Option =>
  new Option(
    '--queue <URL>',
    `the Redis or Valkey of the queue, as redis://HOST:6379, or rediss:// for TLS; ${addressVariable} stands for it; ` +
      `the password comes from ${passwordVariable}`,
  ).argParser(addressOf);

export const nameOption = (description: string): Option =>
  new Option('--name <NAME>', description).argParser(text => {
    if (!queueName.test(text))
      throw new UsageError(`--name ${text}: letters, digits, -, _ and . are wanted, at most 100 of them`);
    return text;
  });

export const patienceOption = (seconds: number): Option =>
  new Option('--patience <SECONDS>', 'how long Redis may be away before the call ends')
    .argParser(text => parseInteger('--patience', text, 0, 1_000_000))
    .default(seconds);

/** The address that was given, or the one of the environment. @throws UsageError */
export function wantedAddress(command: Command): QueueAddress {
  const { queue } = command.opts<QueueValues>();
  if (queue) return queue;
  const text = process.env[addressVariable];
  if (!text) throw new UsageError(`${command.name()} wants --queue URL, as redis://127.0.0.1:6379`);
  return addressOf(text);
}

/** The name that was given. @throws UsageError */
export function wantedName(command: Command): string {
  const { name } = command.opts<QueueValues>();
  if (name === undefined) throw new UsageError(`${command.name()} wants --name NAME, what the queue is called`);
  return name;
}

function addressOf(text: string): QueueAddress {
  try {
    return parseQueueAddress(text);
  } catch (error) {
    throw new UsageError(`--queue: ${reasonOf(error)}`);
  }
}

export function describeEnqueue(command: Command): void {
  command
    .summary('queue the photos of a folder for many machines')
    .description(
      'Queues the photos of a folder in Redis or Valkey for labelless work on any number of machines, which write ' +
        'what labelless segment --resume would write. Photos that are queued already are left out.',
    )
    .argument('<FOLDER...>', 'a folder under a path that all workers have, or s3://BUCKET/PREFIX')
    .addOption(addressOption())
    .addOption(nameOption('what the queue is called, for status, retry and cancel'))
    .option('-o, --output <DIR>', 'write into DIR instead of beside the photos; s3://BUCKET/PREFIX too')
    .option('-r, --recursive', "take the photos of the folder's folders too")
    .addOption(
      new Option('--batch <N>', 'photos of a job')
        .argParser(text => parseInteger('--batch', text, batchSizes.least, batchSizes.most))
        .default(batchSizes.usual),
    )
    .addOption(
      new Option('--priority <N>', 'photos of a smaller number go first; 0 before all others')
        .argParser(text => parseInteger('--priority', text, 0, 2_000_000))
        .default(0),
    )
    .addOption(patienceOption(60))
    .addOption(jsonOption())
    .optionsGroup('What is made of each photo, as for labelless segment:');
  for (const option of [...formatOptions(), ...methodOptions(), ...machineOptions()]) command.addOption(option);
  command
    .addOption(setOption('any setting, as for labelless segment'))
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when photos could not be queued; 2 for a wrong call; 130 when interrupted.\n',
    );
}

export function describeWork(command: Command): void {
  command
    .summary('segment the photos of a queue')
    .description(
      'Segments photos that labelless enqueue has queued, until it is stopped; Ctrl-C ends it behind the photos that ' +
        'are under way. A photo that fails three times is set aside, and the rest goes on.',
    )
    .addOption(addressOption())
    .addOption(nameOption('work for this queue only'))
    .addOption(
      new Option('--concurrency <N>', 'photos at the same time, each in a process with its share of the cores')
        .argParser(text => parseInteger('--concurrency', text, 1, 256))
        .default(1),
    )
    .option('--until-done', 'end once no photo waits or is under way')
    .addOption(
      new Option('--retry-after <SECONDS>', 'when a photo that failed is tried again')
        .argParser(text => parseInteger('--retry-after', text, 1, 86_400))
        .default(10),
    )
    .addOption(
      new Option('--stalled-after <SECONDS>', 'when the photos of a worker that is silent go to others')
        .argParser(text => parseInteger('--stalled-after', text, 1, 3600))
        .default(30),
    )
    .addOption(patienceOption(300))
    .addOption(
      new SettingOption('--tensorflow <DIR>', 'tensorflow.folder', 'the folder of TensorFlow.js on this machine', ''),
    )
    .addHelpText(
      'after',
      '\nExit status: 0; 1 when Redis refuses or stays away; 2 for a wrong call; 130 when interrupted.\n',
    );
}

export function describeRetry(command: Command): void {
  command
    .summary('queue the photos once more that were set aside')
    .description('Queues the photos of a queue once more that failed three times, and jobs that failed.')
    .addOption(addressOption())
    .addOption(nameOption('the queue'))
    .addOption(patienceOption(10))
    .addOption(jsonOption());
}

export function describeCancel(command: Command): void {
  command
    .summary('take back the photos of a queue that wait')
    .description('Takes back the photos of a queue that wait; those that are under way are done, and masks stay.')
    .addOption(addressOption())
    .addOption(nameOption('the queue'))
    .addOption(patienceOption(10))
    .addOption(jsonOption());
}
