import os from 'node:os';
import path from 'node:path';
import type { ExperimentData } from './experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import { holdOutShare } from '../../experiment/holdOut';
import { LRUCache } from 'lru-cache';
import type { DatasetItem } from './augmentation';
import { resolveClasses } from '../layouts/classList';
import { splitPictures } from './heldOutPictures';
import { PictureCollection, type CollectionServices } from './pictureCollection';
import { listTarget, labelledPaths } from '../layouts';
import type { DatasetItemFiles } from './itemLoading';
import { labelledItems } from './labelledItems';
import { BatchWorkerPool } from './batchWorkerPool';
import type { FileProblem } from './batchWorker';
import { StreamedData } from './streamedData';

export interface DataOptions {
  /** Called once for every file that cannot be used and is left out. */
  readonly onProblem: (problem: FileProblem) => void;
  /** Called for a file that is used, but for a part of its labels. */
  readonly onRemark?: (remark: FileProblem) => void;
  /** Aborts the opening, and that of a stream. Streams that are open end by `close`. */
  readonly signal?: AbortSignal;
  /** The number of threads that read pictures. Default: one less than the machine's processors, 4 at most. */
  readonly threads?: number;
  /** Path of the bundle of batchWorker.ts. Default: where the build puts it, beside the caller's. */
  readonly script?: string;
}

/** The bytes of scaled pictures kept in memory, so that those of a small data set are read once. */
const cacheSize = 256e6;
/** The number of batches made ahead beyond one for each thread. */
const ahead = 1;

/**
 * Opens an experiment's data, streamed from disk: read, scaled and varied by threads ahead of training. The batches
 * depend on the experiment, the files and the cursor, not on threads or on time.
 * @param base the folder of the experiment file
 * @throws Error, FolderError or ImageError for classes, or evaluation pictures, that cannot be used; `openSource` and
 * `openTarget` throw such errors for their pictures. Streams throw when more than 1 % of the files cannot be read
 */
export async function openExperimentData(
  experiment: Experiment,
  base: string,
  options: DataOptions,
): Promise<ExperimentData> {
  const classes = resolveClasses(experiment.classes);
  const threads = options.threads ?? Math.max(1, Math.min(4, os.availableParallelism() - 1));
  const services: CollectionServices = {
    pool: new BatchWorkerPool(options.script ?? path.join(__dirname, 'data.js'), threads, classes),
    cache: new LRUCache<string, DatasetItem>({ maxSize: cacheSize, sizeCalculation: sizeOf }),
    onProblem: options.onProblem,
    onRemark: options.onRemark ?? (() => undefined),
  };
  const { source, target, evaluation } = experiment;
  const list = async (items: () => Promise<DatasetItemFiles[]>, name: string) => {
    options.signal?.throwIfAborted();
    return new PictureCollection(name, await items(), services);
  };
  const roots = {
    source: labelledPaths(source, base, 'source').images,
    target: path.resolve(base, target?.images ?? ''),
  };
  const listSource = async () => {
    options.signal?.throwIfAborted();
    const items = await labelledItems(source, base, 'source', classes);
    const { trained, heldOut } = splitPictures(items, roots.source, holdOutShare(experiment));
    return {
      items,
      trained: new PictureCollection('source', trained, services, items.length),
      heldOut: new PictureCollection('held-out source', heldOut, services, items.length),
    };
  };
  // A finished run can be measured where its source no longer exists: only `openSource` throws then.
  const [learned, adapted] = await Promise.all([
    settled(listSource()),
    target && settled(list(() => targetItems(target, base), 'target')),
  ]);
  const measured =
    evaluation && (await list(() => labelledItems(evaluation, base, 'evaluation', classes), 'evaluation'));
  options.signal?.throwIfAborted();
  const parts = { source: learned, target: adapted, evaluation: measured, roots };
  return new StreamedData(experiment, base, services.pool, threads + ahead, parts, options.signal);
}

function sizeOf({ picture, labels }: DatasetItem): number {
  return picture.rgb.length + (labels?.length ?? 0);
}

/** Converts a promise into one of a function that returns its value, or throws its error, when called. */
function settled<T>(promise: Promise<T>): Promise<() => T> {
  return promise.then(
    value => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
}

async function targetItems(target: NonNullable<Experiment['target']>, base: string): Promise<DatasetItemFiles[]> {
  const files = await listTarget(target, base);
  if (files.length === 0) throw new Error(`target: there are no images in ${path.resolve(base, target.images)}`);
  return files.map(image => ({ image }));
}
