import * as vscode from 'vscode';
import { SegmentRequest, type SegmentResult } from '../../protocol/segmentMessages';
import { nameOf } from '../common/maskLocations';
import { showProgress } from '../common/report';
import { openMaskEditor } from '../common/tabs';
import type { Targets } from '../common/targets';
import type { Server } from '../server/server';
import type { SegmentOptions } from './segmentResult';

/** The outcome of a batch. */
export interface BatchSummary {
  /** URIs of the images whose masks were written. */
  written: string[];
  /** Why images have no new mask, a sentence each. */
  failures: string[];
  /** What became of earlier masks whose labels could not be taken over, a line each. */
  notes: string[];
  /** The number of images that were left alone because they are being edited. */
  skipped: number;
  /** The number of images that were left alone because they are approved or skipped. */
  leftOut: number;
  cancelled: boolean;
}

function summarize({ outcomes, leftOut, cancelled }: SegmentResult, skipped: number): BatchSummary {
  return {
    written: outcomes.filter(outcome => 'written' in outcome).map(({ uri }) => uri),
    failures: outcomes.flatMap(outcome => ('error' in outcome ? [outcome.error] : [])),
    notes: outcomes.flatMap(outcome =>
      'written' in outcome
        ? (outcome.notes ?? []).map(note => `${nameOf(vscode.Uri.parse(outcome.uri))}: ${note}`)
        : [],
    ),
    skipped,
    leftOut: leftOut.length,
    cancelled,
  };
}

/** The message about a batch that has ended, with the first failures in full. */
function summaryText({ written, failures, notes, skipped, leftOut, cancelled }: BatchSummary): string {
  const parts = [
    written.length === 1 ? vscode.l10n.t('1 image segmented') : vscode.l10n.t('{0} images segmented', written.length),
  ];
  if (failures.length > 0) parts.push(vscode.l10n.t('{0} failed', failures.length));
  if (skipped > 0) parts.push(vscode.l10n.t('{0} skipped because of unsaved changes in the mask editor', skipped));
  if (leftOut > 0) parts.push(vscode.l10n.t('{0} left as they are, being approved or skipped', leftOut));
  if (cancelled) parts.push(vscode.l10n.t('cancelled before the rest'));
  const details = [...failures, ...notes.map(note => `${note}.`)];
  const shown = details.slice(0, 3);
  const more = details.length > shown.length ? [vscode.l10n.t('and {0} more', details.length - shown.length)] : [];
  return [`${parts.join(', ')}.`, ...shown, ...more].join(' ');
}

async function showSummary(summary: BatchSummary): Promise<void> {
  const written = summary.written.map(uri => vscode.Uri.parse(uri));
  const [first] = written;
  const open = vscode.l10n.t('Open First');
  const results = vscode.l10n.t('Show Results');
  const problems = vscode.l10n.t('Show Problems');
  const buttons = [
    ...(written.length > 1 ? [results] : []),
    ...(first ? [open] : []),
    ...(summary.failures.length > 0 ? [problems] : []),
  ];
  const isWarning = summary.failures.length > 0 || summary.notes.length > 0;
  const show = isWarning ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const choice = await show(summaryText(summary), ...buttons);
  if (choice === open && first) await openMaskEditor(first);
  if (choice === results) await vscode.commands.executeCommand('labelless.showResults', first, written);
  if (choice === problems) await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
}

/** The images among `busy` that a batch over `uris`, files and folders, would otherwise overwrite. */
function skippedOf(uris: readonly vscode.Uri[], busy: readonly vscode.Uri[]): vscode.Uri[] {
  const within = (image: vscode.Uri, uri: vscode.Uri) =>
    image.toString() === uri.toString() ||
    vscode.Uri.joinPath(image, '..').toString() === uri.toString().replace(/\/$/, '');
  return busy.filter(image => uris.some(uri => within(image, uri)));
}

/**
 * Segments images and folders and writes their masks, with progress that can be cancelled and a summary at the end.
 * @param busy images that are being edited or segmented in an editor, and are left alone
 */
export async function segmentBatch(
  server: Server,
  uris: Targets['uris'],
  busy: readonly vscode.Uri[],
  options: SegmentOptions,
): Promise<BatchSummary> {
  const skip = skippedOf(uris, busy);
  const title =
    uris.length === 1 ? vscode.l10n.t('Segmenting {0}', nameOf(uris[0])) : vscode.l10n.t('Segmenting images');
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (progress, token) => {
      const params = {
        uris: uris.map(uri => uri.toString()),
        target: 'write' as const,
        skip: skip.map(uri => uri.toString()),
        ...options,
      };
      return server.request(SegmentRequest, params, { token, progress: showProgress(progress) });
    },
  );
  const summary = summarize(result, skip.length);
  void showSummary(summary);
  return summary;
}
