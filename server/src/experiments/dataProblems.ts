import path from 'node:path';
import { URI } from 'vscode-uri';
import { describeShortage, type MemoryShortage } from '../engine/common/memoryShortage';
import type { DataFinding } from '../engine/dataset/inspection/dataFinding';
import { classForLabel } from '../engine/dataset/layouts/classList';
import type { Experiment } from '../engine/experiment/experimentSchema';
import type { Inspection } from '../jobs/jobMessages';
import { foldersIn, startOf } from './pathCompletion';
import { closestName, type ProblemFix, type TextProblem } from '../jsonFiles/problems';

/** Converts findings about an experiment's folders and this machine to problems of its file. */
export async function problemsOfData(
  { findings, memory }: Inspection,
  experiment: Experiment,
  base: string,
): Promise<TextProblem[]> {
  const ofData = await Promise.all(
    findings.map(async (finding): Promise<TextProblem> => ({
      ...finding,
      on: 'value',
      fixes: await fixesOf(finding, experiment, base),
      ...(finding.file !== undefined && { related: { uri: URI.file(finding.file).toString(), message: 'The file' } }),
    })),
  );
  return [...ofData, ...(memory ? [memoryProblem(memory)] : [])];
}

async function fixesOf(finding: DataFinding, experiment: Experiment, base: string): Promise<ProblemFix[]> {
  const { code, label, isName } = finding;
  const { classes } = experiment;
  if (code === 'missing-folder') return folderFixes(finding, experiment, base);
  if (label === undefined || typeof classes === 'string') return [];
  return [
    {
      title: `Add a class for the label ${label}`,
      kind: 'append',
      path: ['classes'],
      value: classForLabel(label, classes, isName),
    },
  ];
}

/** The fix for a missing folder: the path of the folder beside it that was probably meant. */
async function folderFixes({ path: keys }: DataFinding, experiment: Experiment, base: string): Promise<ProblemFix[]> {
  const [section, key] = keys as [keyof Experiment, string];
  const written = (experiment[section] as Record<string, unknown>)[key];
  if (typeof written !== 'string') return [];
  const parts = written.split('/');
  let folder = startOf(experiment[section], [section, key], base);
  for (const [index, part] of parts.entries()) {
    const beside = await foldersIn(folder);
    if (part !== '.' && part !== '..' && !beside.includes(part)) {
      const meant = closestName(part, beside);
      const value = [...parts.slice(0, index), meant, ...parts.slice(index + 1)].join('/');
      return meant === undefined
        ? []
        : [{ title: `Change to ${JSON.stringify(value)}`, kind: 'set', path: keys, value }];
    }
    folder = path.resolve(folder, part);
  }
  return [];
}

function memoryProblem(shortage: MemoryShortage): TextProblem {
  const { batch } = shortage;
  const fixes: ProblemFix[] =
    batch > 0 ? [{ title: `Lower the batch to ${batch}`, kind: 'set', path: ['training', 'batch'], value: batch }] : [];
  return {
    path: ['training', 'batch'],
    on: 'value',
    severity: 'warning',
    code: 'memory',
    fixes,
    message: describeShortage(shortage),
  };
}

/** The part of an experiment on which the findings about its data depend. */
export function dataSettings({
  source,
  target,
  classes,
  evaluation,
  training: { size, batch, backend, weightAverage },
  network,
  adaptation,
}: Experiment): unknown {
  const { strategy, levels, targetStatistics, warmUp, maskedPhotos, featureDistance } = adaptation;
  const learned = { strategy, levels, targetStatistics, warmUp, maskedPhotos, featureDistance, weightAverage };
  const sizes = [size, batch, adaptation.size, adaptation.batch];
  return { source, target, classes, evaluation, sizes, backend, network, learned };
}

/** The folders and files that contain an experiment's data, as absolute paths. */
export function dataPaths({ source, target, evaluation, network }: Experiment, base: string): string[] {
  const labelled = [source, ...(evaluation ? [evaluation] : [])].flatMap(({ root, images, labels }) => {
    const at = path.resolve(base, root);
    // A layout's own folders lie somewhere below the root.
    return images === undefined || labels === undefined ? [at] : [path.resolve(at, images), path.resolve(at, labels)];
  });
  const others = [target?.images, network.pretrained].flatMap(file =>
    file === undefined ? [] : [path.resolve(base, file)],
  );
  return [...labelled, ...others];
}
