import path from 'node:path';
import { hashRegularFile, ReadError, readRegularFile } from '../../../../files/regularFile';
import { sha256 } from '../../../../files/sha256';
import { version } from '../../../../package.json';
import { summarizeSidecar } from '../../../../mask/files/sidecarSummary';
import type { OutputFormat } from '../../../../protocol/names';
import type { Settings } from '../../../../protocol/settings';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import { checkpointFileInUse } from '../adaptation/run/checkpoint';
import { readRunExperiment } from '../adaptation/run/runFolder';
import { classesOfImage } from '../common/classesOfImage';
import { runFiles } from '../experiment/trainingRunMark';
import { classFormats } from '../formats/useClasses';
import { sidecarOf } from '../segment/readPrevious';
import type { ReferenceImage } from '../segment/referenceImages';
import type { WantedRequest } from './batchProgress';

/** The largest sidecar in bytes that is read. */
const largestSidecar = 1e9;

/** What a batch is asked to make of each of its images. */
export interface BatchRequest {
  readonly settings: Settings;
  readonly formats: readonly OutputFormat[];
  /** The number of regions to aim for, instead of a granularity. */
  readonly regions: number | undefined;
  /** The images that labels are learned from. */
  readonly references: readonly ReferenceImage[];
  /** The label image that some pixels are labelled by. */
  readonly scribbles: string | undefined;
}

/**
 * Reads what all images of a batch have in common, and makes a function that tells what a mask of an image is written
 * for: two requests with the same digest give the same bytes, on the same kind of machine. Back end and threads count
 * as they are asked for, so that a machine of another kind goes on with the work of the first.
 */
export async function openRequest(request: BatchRequest): Promise<(image: string) => Promise<WantedRequest>> {
  const { settings, formats, references, scribbles } = request;
  const common = {
    version,
    ...settingsIn(request),
    references: await Promise.all(references.map(referenceDigests)),
    scribbles: scribbles === undefined ? null : await digestOf(scribbles),
    network: settings.method === 'adapted' ? await networkDigests(settings.adaptation.checkpoint) : [],
  };
  const hasClasses =
    settings.method === 'adapted' ||
    settings.output.values === 'classes' ||
    formats.some(format => classFormats.includes(format));
  return async image => {
    const classes = hasClasses ? await classesOfImage(image) : undefined;
    const list = classes && ('list' in classes ? classes.list.classes : classes.problem);
    return { settings: sha256(JSON.stringify({ ...common, classes: list ?? null })), formats: [...formats] };
  };
}

/** The settings that the bytes of masks follow from, with one order of keys. */
function settingsIn({ settings, regions, references, scribbles }: BatchRequest) {
  const { method, granularity, backend, seed, image, limits, output, adaptation, together, continuity } = settings;
  const { scales, mirror, refine } = adaptation;
  return {
    method,
    parameters: method === 'adapted' ? { scales, mirror, refine } : settings[method],
    ...(scribbles !== undefined && { continuity }),
    ...(references.length > 0 && { features: featuresIn(together.features) }),
    ...(regions === undefined ? { granularity } : { regions }),
    backend,
    threads: limits.threads,
    memory: limits.memory,
    seed,
    image,
    values: output.values,
    polygonTolerance: output.polygonTolerance,
  };
}

function featuresIn(wanted: Settings['together']['features']): string {
  if (wanted !== 'auto') return wanted;
  return hasBundledWeights() ? 'pretrained' : 'colours';
}

/** The digests of the files that a trained network is read from. What is missing is told when it is opened. */
async function networkDigests(run: string): Promise<(string | null)[]> {
  const experiment = await readRunExperiment(run).catch(() => undefined);
  const checkpoint = experiment && (await checkpointFileInUse(run, experiment));
  const files = [...[runFiles.config, runFiles.classes].map(name => path.join(run, name)), checkpoint ?? run];
  return Promise.all(files.map(digestOf));
}

async function referenceDigests({ file, masks }: ReferenceImage): Promise<(string | null)[]> {
  return Promise.all([digestOf(file), ...masks.map(digestOfNames)]);
}

/**
 * The digest of a reference's mask, whose names are taken; null where nobody gave it any. A mask that a batch wrote
 * does not count, since references may be among the images of the batch.
 */
async function digestOfNames(mask: string): Promise<string | null> {
  const sidecar = await readRegularFile(sidecarOf(mask), largestSidecar).catch(() => undefined);
  if (!sidecar) return digestOf(mask);
  const summary = summarizeSidecar(sidecar);
  return 'status' in summary && summary.status === 'proposed' ? null : sha256(sidecar);
}

/** The digest of a file; null for one that cannot be read. */
async function digestOf(file: string): Promise<string | null> {
  return hashRegularFile(file).catch((error: unknown) => {
    if (error instanceof ReadError) return null;
    throw error;
  });
}
