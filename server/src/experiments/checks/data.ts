import path from 'node:path';
import { URI } from 'vscode-uri';
import type { Experiment } from '../../engine/adaptation/experiment';
import type { DataFinding } from '../../engine/dataset/inspect';
import { ownClass } from '../../engine/dataset/ownClass';
import type { Inspection, MemoryShortage } from '../../jobs/messages';
import { nearest } from '../nearest';
import { foldersIn, startOf } from '../paths';
import type { Fix, Problem } from '../problems';

/** What was found of an experiment's folders and of this machine, as problems of its file. */
export async function problemsOf(
  { findings, memory }: Inspection,
  experiment: Experiment,
  base: string,
): Promise<Problem[]> {
  const ofData = await Promise.all(
    findings.map(async (finding): Promise<Problem> => ({
      ...finding,
      on: 'value',
      fixes: await fixesOf(finding, experiment, base),
      ...(finding.file !== undefined && { related: { uri: URI.file(finding.file).toString(), message: 'The file' } }),
    })),
  );
  return [...ofData, ...(memory ? [memoryProblem(memory)] : [])];
}

async function fixesOf(finding: DataFinding, experiment: Experiment, base: string): Promise<Fix[]> {
  const { code, label } = finding;
  const { classes } = experiment;
  if (code === 'missing-folder') return renamed(finding, experiment, base);
  if (label === undefined || typeof classes === 'string') return [];
  return [
    { title: `Add a class for the label ${label}`, kind: 'append', path: ['classes'], value: ownClass(label, classes) },
  ];
}

/** For a folder that is not there, the one beside it that was probably meant. */
async function renamed({ path: place }: DataFinding, experiment: Experiment, base: string): Promise<Fix[]> {
  const [section, key] = place as [keyof Experiment, string];
  const written = (experiment[section] as Record<string, unknown>)[key];
  if (typeof written !== 'string') return [];
  const parts = written.split('/');
  let folder = startOf(experiment[section], [section, key], base);
  for (const [index, part] of parts.entries()) {
    const beside = await foldersIn(folder);
    if (part !== '.' && part !== '..' && !beside.includes(part)) {
      const meant = nearest(part, beside);
      const value = [...parts.slice(0, index), meant, ...parts.slice(index + 1)].join('/');
      return meant === undefined
        ? []
        : [{ title: `Change to ${JSON.stringify(value)}`, kind: 'set', path: place, value }];
    }
    folder = path.resolve(folder, part);
  }
  return [];
}

function memoryProblem({ needed, available, batch }: MemoryShortage): Problem {
  const gigabytes = (megabytes: number) => `${(megabytes / 1000).toFixed(1)} GB`;
  const fixes: Fix[] =
    batch > 0 ? [{ title: `Lower the batch to ${batch}`, kind: 'set', path: ['training', 'batch'], value: batch }] : [];
  return {
    path: ['training', 'batch'],
    on: 'value',
    severity: 'warning',
    code: 'memory',
    fixes,
    message: `Training takes about ${gigabytes(needed)} of memory on the processor, and this machine has ${gigabytes(available)}: ${batch > 0 ? 'lower the batch or the size' : 'lower the size'}.`,
  };
}
