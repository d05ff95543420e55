import { sha256 } from '../../../files/sha256';
import { composedName } from '../../../mask/files/fileNames';
import { UsageError } from './settingOptions';

/** One of `count` shares of a batch's images; `index` is below `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

const mostShards = 1_000_000;

/** The variables by which a scheduler tells a task its place in an array of tasks. */
interface Scheduler {
  readonly index: string;
  readonly count: string;
  /** What the variable of the count is, where users have to set it. */
  readonly remedy?: string;
  /** The index of the first task, of the last one, and the distance between two; they may be absent. */
  readonly first?: string;
  readonly last?: string;
  readonly step?: string;
}

const schedulers: readonly Scheduler[] = [
  {
    index: 'SLURM_ARRAY_TASK_ID',
    count: 'SLURM_ARRAY_TASK_COUNT',
    first: 'SLURM_ARRAY_TASK_MIN',
    last: 'SLURM_ARRAY_TASK_MAX',
    step: 'SLURM_ARRAY_TASK_STEP',
  },
  {
    index: 'JOB_COMPLETION_INDEX',
    count: 'LABELLESS_SHARDS',
    remedy: "; set it to the job's completions, which Kubernetes does not tell its pods",
  },
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', count: 'AWS_BATCH_JOB_ARRAY_SIZE' },
];

/**
 * Parses the value of `--shard`: `3/64` is the third of 64 shares, `auto` the one of this task of a Slurm array, of a
 * Kubernetes indexed Job or of an AWS Batch array.
 * @throws UsageError for any other text, and where `auto` finds no such task
 */
export function parseShard(text: string, env: NodeJS.ProcessEnv = process.env): Shard {
  if (text === 'auto') return shardOfTask(env);
  const [, place, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text)?.map(Number) ?? [];
  if (place === undefined || count === undefined || place < 1 || place > count || count > mostShards)
    throw new UsageError(
      `--shard ${text}: I/N is wanted, I from 1 to N, N up to ${mostShards}, as 3/64 for the third of 64; or auto`,
    );
  return { index: place - 1, count };
}

/**
 * Whether an image belongs to a share: by a digest of its path from the folder that was named, so that the shares of
 * the others stay as they are when an image is added or removed.
 * @param relative with `/` between its parts
 */
export function isInShard(relative: string, { index, count }: Shard): boolean {
  return Number.parseInt(sha256(composedName(relative)).slice(0, 12), 16) % count === index;
}

function shardOfTask(env: NodeJS.ProcessEnv): Shard {
  const names = schedulers.map(scheduler => scheduler.index);
  const [found, ...others] = schedulers.filter(({ index }) => env[index] !== undefined);
  if (!found)
    throw new UsageError(
      `--shard auto: this is no task of an array, since none of ${names.join(', ')} is set; give --shard I/N`,
    );
  if (others[0])
    throw new UsageError(`--shard auto: both ${found.index} and ${others[0].index} are set; give --shard I/N`);
  return shardBy(found, env);
}

function shardBy(scheduler: Scheduler, env: NodeJS.ProcessEnv): Shard {
  const read = (name: string | undefined, otherwise: number) =>
    name === undefined || env[name] === undefined ? otherwise : wholeNumber(name, env[name]);
  if (env[scheduler.count] === undefined)
    throw new UsageError(
      `--shard auto: ${scheduler.index} is set, but ${scheduler.count} is not${scheduler.remedy ?? ''}`,
    );
  const count = read(scheduler.count, 0);
  const [first, step] = [read(scheduler.first, 0), read(scheduler.step, 1)];
  const index = (read(scheduler.index, 0) - first) / step;
  const last = read(scheduler.last, first + (count - 1) * step);
  if (last !== first + (count - 1) * step)
    throw new UsageError(
      `--shard auto: the array's ${count} tasks from ${first} to ${last} are not numbered evenly, so their shares ` +
        'are unknown; number them without gaps, or give --shard I/N',
    );
  if (count < 1 || count > mostShards || !Number.isInteger(index) || index < 0 || index >= count)
    throw new UsageError(
      `--shard auto: ${scheduler.index}=${env[scheduler.index]} is no task of ${count}, which ${scheduler.count} says`,
    );
  return { index, count };
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--shard auto: ${name}=${text.slice(0, 40)} is no whole number`);
}
