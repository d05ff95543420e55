import { fork } from 'node:child_process';
import path from 'node:path';
import type { FromWorker, TaskKind, TaskResults, Tasks } from '../../server/src/jobs/jobMessages';
import { watchMemory, type Run } from './limitedRun';

const job = path.resolve('dist', 'job.js');

/** What a process of the server did with a task. */
export interface JobRun<Kind extends TaskKind> extends Run {
  /** The result of the task; undefined where there is none. */
  readonly result: TaskResults[Kind] | undefined;
}

/** Has a process of the server do a task in a folder. Its exit status is 1 where it says why it cannot. */
export async function runJob<Kind extends TaskKind>(
  task: Tasks[Kind] & { kind: Kind; folder: string },
  env: NodeJS.ProcessEnv = {},
): Promise<JobRun<Kind>> {
  const start = performance.now();
  const child = fork(job, { silent: true, env: { ...process.env, ...env } });
  const memory = watchMemory(child.pid!);
  let errors = '';
  let answer: FromWorker | undefined;
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  child.on('message', (message: FromWorker) => {
    if (message.type !== 'done' && message.type !== 'failed') return;
    answer = message;
    child.disconnect();
  });
  child.send({ type: 'run', folder: task.folder, task });
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(resolve => {
    child.on('exit', (code, by) => {
      resolve([code, by]);
    });
  });
  const use = { megabytes: memory.end(), seconds: (performance.now() - start) / 1000 };
  const ended = { signal, output: '', use };
  if (answer?.type === 'failed') return { ...ended, status: 1, errors: answer.message, result: undefined };
  return {
    ...ended,
    status,
    errors,
    result: answer?.type === 'done' ? (answer.result as TaskResults[Kind]) : undefined,
  };
}
