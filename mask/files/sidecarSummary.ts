import type { SavedStatus } from '../document/maskStatus';
import { reasonOf } from '../errors';
import { parseJson } from './json';
import type { MaskOverview } from './maskOverview';
import { readSidecar, sidecarHeadSchema, writeSidecar, type MaskRequest, type Sidecar } from './sidecar';
import { summarizeRecord } from './stateRecord';

/** What a list of images shows of a sidecar, and the hashes by which it knows its image and its mask. */
export interface SidecarSummary {
  readonly status: SavedStatus;
  readonly overview: MaskOverview;
  /** The hashes of the image and of the mask. */
  readonly image: string;
  readonly mask: string;
  /** What a batch wrote the mask for; absent where none did. */
  readonly request?: MaskRequest;
}

/** The number of bytes at the beginning of a sidecar that usually hold its head. */
export const headBytes = 2048;

/** The member that follows the head; a line break in a text is escaped, so it begins no line within one. */
const endOfHead = '\n "granularity":';

/**
 * Sums up a sidecar from the beginning of its text, as this version writes it: most of a sidecar is its region map,
 * which need not be read.
 * @returns undefined where the text has another form, and the sidecar has to be read whole
 */
export function summarizeHead(start: string): SidecarSummary | undefined {
  const end = start.indexOf(endOfHead);
  if (end < 0) return undefined;
  let head: unknown;
  try {
    head = JSON.parse(`${start.slice(0, end).replace(/,\s*$/, '')}}`);
  } catch {
    return undefined;
  }
  const { data } = sidecarHeadSchema.safeParse(head);
  return data && { status: data.status, overview: data.overview, ...digestsOf(data) };
}

function digestsOf({ image, mask, request }: Pick<Sidecar, 'image' | 'mask' | 'request'>) {
  return { image: image.sha256, mask: mask.sha256, ...(request && { request }) };
}

/** Sums up a sidecar of unknown origin; `ignored` says why it cannot be used, a clause. */
export function summarizeSidecar(content: string | Uint8Array): SidecarSummary | { ignored: string } {
  const read = readSidecar(content);
  if ('ignored' in read) return read;
  const { sidecar } = read;
  try {
    const { status, labels, classes } = summarizeRecord(sidecar);
    const overview = sidecar.overview ?? { labels, classes, uncertainty: null };
    return { status, overview, ...digestsOf(sidecar) };
  } catch (error) {
    return { ignored: `it is damaged (${reasonOf(error)})` };
  }
}

/**
 * The text of a sidecar with another status. What else it holds stays, also what this version does not know.
 * @throws Error, a clause for people, when the sidecar cannot be used
 */
export function withSidecarStatus(content: string | Uint8Array, status: SavedStatus): string {
  const summary = summarizeSidecar(content);
  if ('ignored' in summary) throw new Error(summary.ignored);
  return writeSidecar({ ...(parseJson(content) as Sidecar), overview: summary.overview, status });
}
