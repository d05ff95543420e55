import type { Inspection, MemoryShortage } from '../../jobs/messages';
import type { Fix, Problem } from '../problems';

/** What was found of an experiment's folders and of this machine, as problems of its file. */
export function problemsOf({ memory }: Inspection): Problem[] {
  return memory ? [memoryProblem(memory)] : [];
}

function memoryProblem({ needed, available, batch }: MemoryShortage): Problem {
  const gigabytes = (megabytes: number) => `${(megabytes / 1000).toFixed(1)} GB`;
  const fixes: Fix[] = batch > 0 ? [{ title: `Lower the batch to ${batch}`, kind: 'set', path: ['training', 'batch'], value: batch }] : [];
  return {
    path: ['training', 'batch'], on: 'value', severity: 'warning', code: 'memory', fixes,
    message: `Training takes about ${gigabytes(needed)} of memory on the processor, and this machine has ${gigabytes(available)}: ${batch > 0 ? 'lower the batch or the size' : 'lower the size'}.`,
  };
}
