import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../experiment/experimentSchema';
import { adaptsToTarget } from '../../experiment/targetUse';
import { resolveClasses, type ClassList } from '../layouts/classList';
import { FolderError } from '../layouts/datasetFiles';
import { coverageFindings, type SampledClasses } from './classCoverage';
import { listNames, type DataFinding } from './dataFinding';
import { sampleImages, samplePairs } from './sampledFiles';
import type { LabelledSettings, PairedFiles, DatasetRole } from '../layouts/layout';
import { checkClassesFitLayout, listPairs, listTarget, labelledPaths } from '../layouts';

/**
 * Finds the faults of an experiment's data that folders and a sample of the files show. Reads nothing that training
 * would not read, and rejects for nothing but `signal`.
 * @param base the folder of the experiment file
 */
export async function inspectData(experiment: Experiment, base: string, signal: AbortSignal): Promise<DataFinding[]> {
  const { source, target, evaluation } = experiment;
  const list = resolved(experiment.classes);
  const labelled = await inspectLabelled(source, base, 'source', experiment.classes, signal);
  const photos = target ? await inspectTarget(target, base, signal) : { files: [], findings: [] };
  const measured = evaluation
    ? await inspectLabelled(evaluation, base, 'evaluation', experiment.classes, signal)
    : { files: [], findings: [] };
  return [
    ...labelled.findings,
    ...photos.findings,
    ...(adaptsToTarget(experiment) ? fewPhotos(photos.files) : []),
    ...measured.findings,
    ...(list && labelled.seen && !hasOtherLabels(labelled)
      ? coverageFindings(list, labelled.seen, measured.seen, labelsKey(evaluation))
      : []),
    ...overlap(
      photos.files,
      labelled.files,
      ['target', 'images'],
      "the target's images are the source's too: what is learned from their labels is no adaptation",
    ),
    ...overlap(
      measured.files,
      labelled.files,
      ['evaluation', 'images'],
      "the evaluation's images are the source's too: they measure what was learned by heart",
    ),
  ];
}

interface Inspected {
  readonly files: readonly string[];
  readonly findings: readonly DataFinding[];
  /** The classes that labels have, where some could be read. */
  readonly seen?: SampledClasses;
}

/** Whether it was found that labels seem to mean other classes than their values do here. */
function hasOtherLabels({ findings }: Inspected): boolean {
  return findings.some(({ code }) => code === 'train-ids' || code === 'one-class');
}

function labelsKey(evaluation: Experiment['evaluation']): string[] {
  return ['evaluation', evaluation?.labels === undefined ? 'root' : 'labels'];
}

/** The number of target photos below which what is learned may be theirs alone. */
const fewestPhotos = 5;

function fewPhotos(files: readonly string[]): DataFinding[] {
  if (files.length === 0 || files.length >= fewestPhotos) return [];
  const photos = files.length === 1 ? '1 photo' : `${files.length} photos`;
  return [
    {
      path: ['target', 'images'],
      severity: 'warning',
      code: 'few-photos',
      message: `Adaptation learns from ${photos}; what it learns may hold for no others. Give it some dozens.`,
    },
  ];
}

async function inspectLabelled(
  settings: LabelledSettings,
  base: string,
  role: DatasetRole,
  classes: Experiment['classes'],
  signal: AbortSignal,
): Promise<Inspected> {
  signal.throwIfAborted();
  const paths = labelledPaths(settings, base, role);
  const key = (name: 'images' | 'labels') => [role, settings[name] === undefined ? 'root' : name];
  const missing = (
    await Promise.all(
      (['images', 'labels'] as const).map(async name => {
        const exists = await stat(paths[name]).then(
          () => true,
          () => false,
        );
        return exists
          ? []
          : [
              {
                path: key(name),
                severity: 'error' as const,
                code: 'missing-folder',
                message: `There is no ${path.extname(paths[name]) === '.json' ? 'file' : 'folder'} ${paths[name]}.`,
              },
            ];
      }),
    )
  ).flat();
  if (missing.length > 0) return { files: [], findings: missing };
  try {
    const found = await listPairs(settings, base, role);
    const { findings, seen } = await inspectLabels(found, settings, role, classes, key, signal);
    return {
      files: found.pairs.map(({ image }) => image),
      findings: [...pairFindings(asExpected(found, settings), paths, key), ...findings],
      ...(seen && { seen }),
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      files: [],
      findings: [
        failure(
          key(error instanceof FolderError && error.folder.startsWith(paths.images) ? 'images' : 'labels'),
          error,
        ),
      ],
    };
  }
}

/** Without what is no fault: of a folder that is learned from while it is labelled, most images have no labels yet. */
function asExpected(found: PairedFiles, { masks }: LabelledSettings): PairedFiles {
  return masks === 'scribbled' && found.pairs.length > 0 ? { ...found, imagesWithoutLabels: [] } : found;
}

function pairFindings(
  { pairs, imagesWithoutLabels, labelsWithoutImage, undecidedLabels, faults = [] }: PairedFiles,
  { images, labels }: { images: string; labels: string },
  key: (name: 'images' | 'labels') => string[],
): DataFinding[] {
  const findings: DataFinding[] = [];
  const few = (files: readonly string[]) =>
    listNames(files.map(file => (path.isAbsolute(file) ? path.relative(folderOf(file), file) : file)));
  const folderOf = (file: string) => (file.startsWith(images + path.sep) ? images : labels);
  if (pairs.length === 0 && imagesWithoutLabels.length === 0)
    findings.push({
      path: key('images'),
      severity: 'error',
      code: 'no-images',
      message: `There are no images in ${images}.`,
    });
  else if (pairs.length === 0)
    findings.push({
      path: key('labels'),
      severity: 'error',
      code: 'no-pairs',
      message:
        `None of the ${imagesWithoutLabels.length} images in ${images} has labels in ${labels}: ` +
        `${few(imagesWithoutLabels)}.`,
    });
  else if (imagesWithoutLabels.length > 0)
    findings.push({
      path: key('images'),
      severity: 'warning',
      code: 'images-without-labels',
      message:
        `${counted(imagesWithoutLabels, 'image')} no labels and ${left(imagesWithoutLabels)}: ` +
        `${few(imagesWithoutLabels)}.`,
    });
  if (labelsWithoutImage.length > 0)
    findings.push({
      path: key('labels'),
      severity: 'warning',
      code: 'labels-without-image',
      message:
        `${counted(labelsWithoutImage, 'label')} no image and ${left(labelsWithoutImage)}: ` +
        `${few(labelsWithoutImage)}.`,
    });
  if (undecidedLabels.length > 0)
    findings.push({
      path: key('labels'),
      severity: 'warning',
      code: 'undecided-labels',
      message:
        `${undecidedLabels.length === 1 ? '1 label fits' : `${undecidedLabels.length} labels fit`} several images, ` +
        `or an image that has other labels, and ${left(undecidedLabels)}: ${few(undecidedLabels)}.`,
    });
  for (const { file, reason } of faults)
    findings.push({
      path: key('labels'),
      severity: 'warning',
      code: 'labels-left-out',
      message: `Left out of ${path.basename(file)}: ${reason}.`,
      file,
    });
  return findings;
}

/**
 * Finds faults in a sample of images and labels. Nothing is found for classes that share a name or a value: the check
 * of the file reports them, and what labels contain could only be guessed.
 */
async function inspectLabels(
  { pairs }: PairedFiles,
  { layout }: LabelledSettings,
  role: DatasetRole,
  classes: Experiment['classes'],
  key: (name: 'images' | 'labels') => string[],
  signal: AbortSignal,
): Promise<Pick<Inspected, 'findings' | 'seen'>> {
  const list = resolved(classes);
  if (!list) return { findings: [] };
  try {
    checkClassesFitLayout(list, layout);
  } catch (error) {
    const message = `${(error as Error).message}.`;
    return { findings: [{ path: [role, 'layout'], severity: 'error', code: 'classes', message }] };
  }
  return samplePairs(pairs, layout, list, key, signal);
}

function resolved(classes: Experiment['classes']): ClassList | undefined {
  try {
    return resolveClasses(classes);
  } catch {
    return undefined;
  }
}

async function inspectTarget(
  target: NonNullable<Experiment['target']>,
  base: string,
  signal: AbortSignal,
): Promise<Inspected> {
  signal.throwIfAborted();
  const at = ['target', 'images'];
  try {
    const files = await listTarget(target, base);
    const none: DataFinding = {
      path: at,
      severity: 'error',
      code: 'no-images',
      message: `There are no images in ${path.resolve(base, target.images)}.`,
    };
    return { files, findings: files.length === 0 ? [none] : await sampleImages(files, at, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { files: [], findings: [failure(at, error)] };
  }
}

function failure(at: string[], error: unknown): DataFinding {
  if (error instanceof FolderError) {
    const { folder, missing, message } = error;
    return {
      path: at,
      severity: 'error',
      code: missing ? 'missing-folder' : 'unreadable-folder',
      message: missing ? `There is no folder ${folder}.` : `${message}.`,
    };
  }
  return { path: at, severity: 'error', code: 'unreadable-file', message: `${(error as Error).message}.` };
}

function overlap(files: readonly string[], others: readonly string[], at: string[], what: string): DataFinding[] {
  const known = new Set(others);
  const shared = files.filter(file => known.has(file));
  if (shared.length === 0) return [];
  return [
    {
      path: at,
      severity: 'warning',
      code: 'overlap',
      message: `${shared.length} of ${what}: ${listNames(shared.map(file => path.basename(file)))}.`,
    },
  ];
}

function counted(files: readonly string[], what: string): string {
  return files.length === 1 ? `1 ${what} has` : `${files.length} ${what}s have`;
}

function left(files: readonly string[]): string {
  return files.length === 1 ? 'is left out' : 'are left out';
}
