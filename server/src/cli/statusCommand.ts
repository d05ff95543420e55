import path from 'node:path';
import { maskStatuses, type MaskStatus } from '../../../mask/document/maskStatus';
import { readReason } from '../../../files/regularFile';
import type { ListedImage } from '../../../protocol/sessionMessages';
import { imageFiles } from '../engine/session/imageFiles';
import { progressOf } from '../engine/session/batchProgress';
import { openRequest } from '../engine/session/batchRequest';
import { failureReason } from '../engine/session/failedImages';
import { listAllImages } from '../engine/session/listImages';
import { StatusReader } from '../engine/session/statusReader';
import { findReferences } from './referenceInputs';
import type { RequestOptions } from './requestOptions';
import { failureLine } from './segmentReport';
import { printOut } from './standardStreams';
import { progressStates, statusTable, type ImageEntry, type StatusReport } from './statusTable';
import { printable } from './terminal';

/** The arguments of `labelless status`. */
interface StatusOptions {
  readonly folder: string;
  readonly recursive: boolean;
  /** The folder of the masks, as for `labelless segment`; undefined: beside the images. */
  readonly output: string | undefined;
  readonly json: boolean;
  /** What `labelless segment` is asked to make of each image. */
  readonly request: RequestOptions;
}

/**
 * `labelless status`: tells how far the masks of a folder's images are. The exit status is 1 when a mask cannot be used
 * as it is, an image failed, or a folder cannot be listed.
 */
export async function showStatus(options: StatusOptions): Promise<number> {
  let found;
  try {
    found = await readStatus(options);
  } catch (error) {
    process.stderr.write(
      `${failureLine({ name: options.folder, reason: `it cannot be listed: ${readReason(error)}` })}\n`,
    );
    return 1;
  }
  const { report, failures } = found;
  printOut(options.json ? `${JSON.stringify(report)}\n` : statusTable(report));
  const problems = report.images.flatMap(({ path: name, problem, progress, reason }) => [
    ...(problem === undefined ? [] : [failureLine({ name, reason: problem })]),
    ...(progress === 'failed' && reason !== undefined ? [failureLine({ name, reason })] : []),
  ]);
  for (const line of [...problems, ...failures.map(printable)]) process.stderr.write(`${line}\n`);
  return problems.length + failures.length > 0 ? 1 : 0;
}

async function readStatus(options: StatusOptions) {
  const { folder, recursive, output } = options;
  const reader = new StatusReader();
  const maskFolder = (relative: string) => path.join(output ?? folder, path.dirname(relative));
  const { images, failures } = await listAllImages(folder, reader, { recursive, maskFolder });
  const references = await findReferences({ ...options.request, output, recursive });
  const requestFor = await openRequest({ ...options.request, references });
  const filesOf = imageFiles(folder, maskFolder);
  const entries: ImageEntry[] = [];
  for (const found of images) {
    const files = filesOf(found.path);
    const request = await requestFor(files.image);
    const progress = progressOf(files, found, reader, request);
    const isOpen = progress.state === 'missing' || progress.state === 'stale';
    const image = { file: files.image, output: maskFolder(found.path) };
    const failure = isOpen ? await failureReason(image, request) : undefined;
    const reason = failure ?? (progress.state === 'stale' ? progress.reason : undefined);
    const state = failure === undefined ? progress.state : 'failed';
    entries.push({ ...withoutStamp(found), progress: state, ...(reason !== undefined && { reason }) });
  }
  return { report: reportOf(folder, entries, failures), failures };
}

function reportOf(folder: string, images: readonly ImageEntry[], failures: readonly string[]): StatusReport {
  const counts = Object.fromEntries(maskStatuses.map(status => [status, 0])) as Record<MaskStatus, number>;
  const progress = Object.fromEntries(progressStates.map(state => [state, 0])) as StatusReport['progress'];
  const classes = new Map<number, number>();
  for (const image of images) {
    counts[image.status]++;
    progress[image.progress]++;
    for (const id of image.classes) classes.set(id, (classes.get(id) ?? 0) + 1);
  }
  return {
    folder,
    counts,
    progress,
    classes: [...classes].sort(([a], [b]) => a - b).map(([id, count]) => ({ id, images: count })),
    images,
    ...(failures.length > 0 && { failed: [...failures] }),
  };
}

/** A stamp is of use while files are watched only. */
function withoutStamp({ path: relative, status, labels, classes, uncertainty, problem }: ListedImage) {
  return { path: relative, status, labels, classes, uncertainty, ...(problem !== undefined && { problem }) };
}
