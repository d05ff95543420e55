import path from 'node:path';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { namesWithMask } from '../../../../mask/files/fileNames';
import type { MaskRequest } from '../../../../mask/files/sidecar';
import type { OutputFormat } from '../../../../protocol/names';
import { missingFormat } from '../formats/outputPlaces';
import type { ImageFiles } from './imageFiles';
import type { ImageStatus, StatusReader } from './statusReader';

/** What a batch wants of an image. */
export interface WantedRequest extends MaskRequest {
  readonly formats: OutputFormat[];
}

/**
 * How far an image is by what a batch wants of it: `done` by such a batch; `kept`, since its mask may hold a person's
 * work; `missing`; or `stale`, since what is there was made otherwise or is not whole. The reason is a clause.
 */
export type ImageProgress =
  | { readonly state: 'done' }
  | { readonly state: 'missing' }
  | { readonly state: 'kept'; readonly status: MaskStatus; readonly problem?: string }
  | { readonly state: 'stale'; readonly reason: string };

/** The statuses of masks that a batch replaces when it goes on with the work of another one. */
export const unfinishedStatuses: ReadonlySet<MaskStatus> = new Set(['none', 'proposed']);

/**
 * Judges how far an image is.
 * @param found by the reader; a thorough one has compared image and mask with the digests in the sidecar
 */
export function progressOf(
  files: ImageFiles,
  found: ImageStatus,
  reader: StatusReader,
  wanted: WantedRequest,
): ImageProgress {
  const { status, problem } = found;
  if (!unfinishedStatuses.has(status)) return { state: 'kept', status, ...(problem !== undefined && { problem }) };
  if (problem !== undefined) return { state: 'stale', reason: problem };
  if (status === 'none') return { state: 'missing' };
  const made = reader.requestIn(files.sidecar);
  if (!made) return { state: 'stale', reason: 'its mask does not tell by which settings it was made' };
  if (made.settings !== wanted.settings)
    return { state: 'stale', reason: 'its mask was made with other settings, or by another version of Labelless' };
  const unwritten = wanted.formats.find(format => !made.formats.includes(format));
  if (unwritten) return { state: 'stale', reason: `its ${unwritten} was not written with its mask` };
  const missing = missingFormat(path.dirname(files.mask), wanted.formats, namesWithMask(path.basename(files.mask)));
  return missing ? { state: 'stale', reason: `its ${missing} is gone` } : { state: 'done' };
}
