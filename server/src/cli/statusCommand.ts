import path from 'node:path';
import { maskStatuses, type MaskStatus } from '../../../mask/document/maskStatus';
import { readReason } from '../../../files/regularFile';
import type { ListedImage } from '../../../protocol/sessionMessages';
import { counted } from '../engine/common/counted';
import { listAllImages } from '../engine/session/listImages';
import { StatusReader } from '../engine/session/statusReader';
import { failureLine } from './segmentReport';
import { printOut } from './standardStreams';
import { printable } from './terminal';

/** The arguments of `labelless status`. */
interface StatusOptions {
  readonly folder: string;
  readonly recursive: boolean;
  /** The folder of the masks, as for `labelless segment`; undefined: beside the images. */
  readonly output: string | undefined;
  readonly json: boolean;
}

/** The JSON that `labelless status --json` prints. */
interface StatusReport {
  folder: string;
  counts: Record<MaskStatus, number>;
  /** How many images have labels of each class, by id. */
  classes: { id: number; images: number }[];
  images: Omit<ListedImage, 'stamp'>[];
  /** Folders that could not be listed, with the reason. */
  failed?: string[];
}

/**
 * `labelless status`: tells how far the masks of a folder's images are. The exit status is 1 when a mask cannot be used
 * as it is, or a folder cannot be listed.
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
  printOut(options.json ? `${JSON.stringify(report)}\n` : tableOf(report));
  const problems = report.images.flatMap(({ path: name, problem }) =>
    problem === undefined ? [] : [failureLine({ name, reason: problem })],
  );
  for (const line of [...problems, ...failures.map(printable)]) process.stderr.write(`${line}\n`);
  return problems.length + failures.length > 0 ? 1 : 0;
}

async function readStatus({ folder, recursive, output }: StatusOptions) {
  const maskFolder = (relative: string) => path.join(output ?? folder, path.dirname(relative));
  const { images, failures } = await listAllImages(folder, new StatusReader(), { recursive, maskFolder });
  return { report: reportOf(folder, images, failures), failures };
}

function reportOf(folder: string, images: readonly ListedImage[], failures: readonly string[]): StatusReport {
  const counts = Object.fromEntries(maskStatuses.map(status => [status, 0])) as Record<MaskStatus, number>;
  const classes = new Map<number, number>();
  for (const image of images) {
    counts[image.status]++;
    for (const id of image.classes) classes.set(id, (classes.get(id) ?? 0) + 1);
  }
  return {
    folder,
    counts,
    classes: [...classes].sort(([a], [b]) => a - b).map(([id, count]) => ({ id, images: count })),
    images: images.map(withoutStamp),
    ...(failures.length > 0 && { failed: [...failures] }),
  };
}

/** A stamp is of use while files are watched only. */
function withoutStamp({ path: relative, status, labels, classes, uncertainty, problem }: ListedImage) {
  return { path: relative, status, labels, classes, uncertainty, ...(problem !== undefined && { problem }) };
}

function tableOf({ folder, counts, classes, images }: StatusReport): string {
  const column = Math.max(5, String(images.length).length);
  const row = (name: string, count: number) => `  ${name.padEnd(10)} ${String(count).padStart(column)}\n`;
  const statuses = maskStatuses.map(status => row(status, counts[status])).join('');
  const listed = classes.map(({ id, images: count }) => row(`class ${id}`, count)).join('');
  const heading = `${printable(folder)}: ${counted(images.length, 'image')}\n`;
  return `${heading}${statuses}${listed && `\nImages with labels of\n${listed}`}`;
}
