import * as vscode from 'vscode';
import type { QueueProgress, QueueResults } from '../../protocol/queueMessages';

/** The number of photos of which something has become. */
export function throughOf({ photos }: QueueProgress): number {
  return photos.done + photos.kept + photos.failed;
}

/** Where results lie that the results gallery does not show, or not with their masks. */
export type ResultPlaces = Pick<QueueResults, 'elsewhere' | 'maskFolders'>;

/** How many photos of a queue are through: `1,234 of 20,000 photos`. */
export function countText(queue: QueueProgress): string {
  const { all } = queue.photos;
  const through = number(throughOf(queue));
  return all === 1
    ? vscode.l10n.t('{0} of 1 photo', through)
    : vscode.l10n.t('{0} of {1} photos', through, number(all));
}

/** How far a queue is, with its speed, the time left and what was set aside. */
export function progressText(queue: QueueProgress): string {
  const { photosPerSecond, timeLeft, photos } = queue;
  const rate = new Intl.NumberFormat(vscode.env.language, { maximumSignificantDigits: 2 }).format(photosPerSecond);
  return [
    countText(queue),
    ...(photosPerSecond > 0 ? [vscode.l10n.t('{0} photos per second', rate)] : []),
    ...(timeLeft === null ? [] : [vscode.l10n.t('{0} left', timeLeft)]),
    ...(photos.failed > 0 ? [vscode.l10n.t('{0} set aside', number(photos.failed))] : []),
  ].join(' · ');
}

/** The message about a queue that is at an end. */
export function endText(queue: QueueProgress, { elsewhere, maskFolders }: ResultPlaces): string {
  const { name, photos } = queue;
  const left = photos.all - throughOf(queue);
  const counts = [
    photos.done === 1 ? vscode.l10n.t('1 photo done') : vscode.l10n.t('{0} photos done', number(photos.done)),
    ...(photos.kept > 0 ? [vscode.l10n.t('{0} kept as they are', number(photos.kept))] : []),
    ...(photos.failed > 0 ? [vscode.l10n.t('{0} set aside', number(photos.failed))] : []),
    ...(left > 0 ? [vscode.l10n.t('{0} left in jobs that failed', number(left))] : []),
  ];
  return [
    `${name}: ${counts.join(', ')}.`,
    ...(elsewhere.length > 0 ? [vscode.l10n.t('Results lie in {0}.', shortList(elsewhere))] : []),
    ...(maskFolders.length > 0
      ? [
          vscode.l10n.t(
            'Masks lie in {0}; labelless.output.folder names the folder in which the editor looks for them.',
            shortList(maskFolders),
          ),
        ]
      : []),
  ].join(' ');
}

function number(value: number): string {
  return new Intl.NumberFormat(vscode.env.language).format(value);
}

/** The first three of some places. */
function shortList(places: readonly string[]): string {
  const more = places.length > 3 ? [vscode.l10n.t('and {0} more', places.length - 3)] : [];
  return [...places.slice(0, 3), ...more].join(', ');
}
