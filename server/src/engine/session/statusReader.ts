import { statSync, type Stats } from 'node:fs';
import { hashRegularFile, readRegularFile, readStart, ReadError } from '../../../../files/regularFile';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { reasonOf } from '../../../../mask/errors';
import { openMask } from '../../../../mask/files/maskFiles';
import { overviewOf, type MaskOverview } from '../../../../mask/files/maskOverview';
import { isWholePng } from '../../../../mask/files/pngChunks';
import { headBytes, summarizeHead, summarizeSidecar, type SidecarSummary } from '../../../../mask/files/sidecarSummary';
import type { MaskRequest } from '../../../../mask/files/sidecar';
import type { ListedImage } from '../../../../protocol/sessionMessages';
import type { ImageFiles } from './imageFiles';

/** An image as it is listed, without its path. */
export type ImageStatus = Omit<ListedImage, 'path'>;

/** What a short look at an image's files shows. */
export interface StatusLook {
  readonly found: ImageStatus;
  /** Looks longer, where the files' times or kinds leave a doubt; absent where there is none. */
  readonly examine?: () => Promise<ImageStatus>;
}

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

const nothing: MaskOverview = { labels: 0, classes: [], uncertainty: null };

interface ReaderOptions {
  /**
   * Whether files are read and compared by their digests in any case, and sidecars to their end: what was cut off is
   * found whatever its time.
   */
  readonly thorough?: boolean;
}

type Summary = SidecarSummary | Unusable;

interface Unusable {
  readonly ignored: string;
  /** What its beginning says, where that is whole. */
  readonly head?: SidecarSummary;
}

/**
 * Reads the status of images' masks. It remembers what it read of files that have not changed since, by their size and
 * times. A look makes few calls, and waits for each: where many images are listed asynchronous ones take several times
 * as long. So it belongs into a process that nobody waits for otherwise.
 *
 * A picture that was replaced is known by its hash. It is only taken where the picture has changed after the sidecar
 * was written, and so is a mask's.
 */
export class StatusReader {
  private readonly summaries = new Map<string, { mark: string; summary: Summary }>();
  private readonly hashes = new Map<string, { mark: string; sha256: string }>();

  constructor(private readonly options: ReaderOptions = {}) {}

  /** Looks at an image's files; undefined where there is no image. */
  look(files: ImageFiles): StatusLook | undefined {
    const image = statOf(files.image);
    if (!image) return undefined;
    const [mask, sidecar] = [statOf(files.mask), statOf(files.sidecar)];
    const stamp = [image, mask, sidecar].map(stampOf).join(' ');
    const as = (status: MaskStatus, overview: MaskOverview = nothing, problem?: string): ImageStatus => ({
      status,
      ...overview,
      stamp,
      ...(problem !== undefined && { problem }),
    });
    if (!mask?.size && !sidecar?.size) return { found: as('none') }; // as a full disk leaves them
    if (!mask?.size) return { found: as('none', nothing, 'its mask file is gone') };
    if (!sidecar) return { found: as('edited'), examine: () => examineMask(files, as) };
    const summary = this.summaryOf(files.sidecar, sidecar);
    if ('ignored' in summary) {
      const problem = `its sidecar cannot be used: ${summary.ignored}`;
      if (summary.head) return { found: as(statusOfCut(summary.head), summary.head.overview, problem) };
      return { found: as('edited', nothing, problem), examine: () => examineMask(files, as, problem) };
    }
    const { status, overview } = summary;
    const found = as(status, overview);
    const isDoubtful = (file: Stats) => this.options.thorough === true || changeOf(file) > changeOf(sidecar);
    const doubts = { image: isDoubtful(image), mask: isDoubtful(mask) };
    if (!doubts.image && !doubts.mask) return { found };
    const examine = async () => {
      if (doubts.image && (await this.hashOf(files.image, image)) !== summary.image)
        return as('none', overview, 'its mask was made of another picture, or of this one before it was changed');
      if (doubts.mask && (await this.hashOf(files.mask, mask)) !== summary.mask)
        return isWholePng(await readOrNothing(files.mask))
          ? as('edited', overview, 'its mask was changed since its sidecar was written')
          : as('none', overview, 'its mask file is cut off or damaged');
      return found;
    };
    return { found, examine };
  }

  /** Looks at an image's files as long as it takes; undefined where there is no image. */
  async read(files: ImageFiles): Promise<ImageStatus | undefined> {
    const look = this.look(files);
    return look?.examine ? look.examine() : look?.found;
  }

  /** The ids of the classes of a mask's labels, by its sidecar; none where it cannot be used. */
  classesIn(sidecar: string): readonly number[] {
    return this.usableSummaryOf(sidecar)?.overview.classes ?? [];
  }

  /** What a batch wrote a mask for, by its sidecar; undefined where none did, or it cannot be used. */
  requestIn(sidecar: string): MaskRequest | undefined {
    return this.usableSummaryOf(sidecar)?.request;
  }

  private usableSummaryOf(sidecar: string): SidecarSummary | undefined {
    const stats = statOf(sidecar);
    const summary = stats?.size ? this.summaryOf(sidecar, stats) : undefined;
    return summary && 'overview' in summary ? summary : undefined;
  }

  private summaryOf(file: string, stats: Stats): Summary {
    const mark = markOf(stats);
    const known = this.summaries.get(file);
    if (known?.mark === mark) return known.summary;
    const summary = readSummary(file, stats.size, this.options);
    this.summaries.set(file, { mark, summary });
    return summary;
  }

  private async hashOf(file: string, stats: Stats): Promise<string> {
    const mark = markOf(stats);
    const known = this.hashes.get(file);
    if (known?.mark === mark) return known.sha256;
    const sha256 = await hashRegularFile(file).catch((error: unknown) => {
      if (error instanceof ReadError) return ''; // it is not the file that was hashed before
      throw error;
    });
    this.hashes.set(file, { mark, sha256 });
    return sha256;
  }
}

function readSummary(file: string, size: number, { thorough = false }: ReaderOptions): Summary {
  try {
    const head = summarizeHead(readStart(file, Math.min(size, headBytes)).toString());
    if (head && !thorough) return head;
    if (size > largestFile) return { ignored: 'it is too large' };
    const summary = summarizeSidecar(readStart(file, size));
    return head && 'ignored' in summary ? { ...summary, head } : summary;
  } catch (error) {
    return { ignored: error instanceof ReadError ? error.reason : reasonOf(error) };
  }
}

/** The status of a mask whose sidecar is cut off after its head: one that a program made is as good as none. */
function statusOfCut({ status }: SidecarSummary): MaskStatus {
  return status === 'proposed' ? 'none' : status;
}

/** Counts the labels of a mask of which there is no sidecar, or none that can be used. */
async function examineMask(
  { mask }: ImageFiles,
  as: (status: MaskStatus, overview: MaskOverview, problem?: string) => ImageStatus,
  problem?: string,
): Promise<ImageStatus> {
  try {
    const { document } = openMask(await readRegularFile(mask, largestFile));
    return as('edited', overviewOf(document), problem);
  } catch (error) {
    return as(
      'none',
      nothing,
      `its mask cannot be read: ${error instanceof ReadError ? error.reason : reasonOf(error)}`,
    );
  }
}

async function readOrNothing(file: string): Promise<Uint8Array> {
  return readRegularFile(file, largestFile).catch(() => new Uint8Array());
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // a part of its path is no folder, or one that may not be entered
  }
}

const stampOf = (stats: Stats | undefined) => (stats ? `${stats.size}.${stats.mtimeMs}` : '-');
const markOf = (stats: Stats) => `${stampOf(stats)}.${stats.ctimeMs}.${stats.ino}`;
/** When a file's content last changed, or when the file came to its name, milliseconds. */
const changeOf = (stats: Stats) => Math.max(stats.mtimeMs, stats.ctimeMs);
