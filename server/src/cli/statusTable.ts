import { maskStatuses, type MaskStatus } from '../../../mask/document/maskStatus';
import type { ListedImage } from '../../../protocol/sessionMessages';
import { counted } from '../engine/common/counted';
import type { ImageProgress } from '../engine/session/batchProgress';
import { printable } from './terminal';

/** How far images are by what `labelless segment --resume` would find. */
export const progressStates = ['done', 'kept', 'missing', 'failed', 'stale'] as const satisfies readonly (
  | ImageProgress['state']
  | 'failed' //
)[];

/** An image in the JSON that `labelless status --json` prints. */
export interface ImageEntry extends Omit<ListedImage, 'stamp'> {
  readonly progress: (typeof progressStates)[number];
  /** Why it failed, or is stale. */
  readonly reason?: string;
}

/** The JSON that `labelless status --json` prints. */
export interface StatusReport {
  readonly folder: string;
  readonly counts: Record<MaskStatus, number>;
  readonly progress: Record<ImageEntry['progress'], number>;
  /** How many images have labels of each class, by id. */
  readonly classes: readonly { readonly id: number; readonly images: number }[];
  readonly images: readonly ImageEntry[];
  /** Folders that could not be listed, with the reason. */
  readonly failed?: readonly string[];
}

/** The report as text: counts of statuses, classes and progress. */
export function statusTable({ folder, counts, progress, classes, images }: StatusReport): string {
  const column = Math.max(5, String(images.length).length);
  const row = (name: string, count: number) => `  ${name.padEnd(10)} ${String(count).padStart(column)}\n`;
  const statuses = maskStatuses.map(status => row(status, counts[status])).join('');
  const listed = classes.map(({ id, images: count }) => row(`class ${id}`, count)).join('');
  const states = progressStates.map(state => row(state, progress[state])).join('');
  const heading = `${printable(folder)}: ${counted(images.length, 'image')}\n`;
  const reasons = staleReasons(images).map(([reason, count]) => `    ${count} since ${reason}\n`);
  return (
    `${heading}${statuses}${listed && `\nImages with labels of\n${listed}`}` +
    `\nFor labelless segment --resume with these options\n${states}${reasons.join('')}`
  );
}

/** Why images are stale, each reason with their number, the most frequent first. */
function staleReasons(images: readonly ImageEntry[]): [reason: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { progress, reason } of images)
    if (progress === 'stale' && reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
