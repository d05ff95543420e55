import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { SegmentOutcome, SegmentResult } from '../../protocol/server';
import { nameOf } from '../common/maskLocations';
import { showProgress } from '../common/report';
import { openMaskEditor } from '../common/tabs';
import type { Server } from '../server/server';
import type { How } from './segmentResult';

/** A batch's outcome in numbers and in words. */
export interface Summary {
  written: string[];
  failures: string[];
  skipped: number;
  cancelled: boolean;
}

/** Counts a batch's outcomes. `skipped` images were left alone because they are being edited. */
export function summarize({ outcomes, cancelled }: SegmentResult, skipped: number): Summary {
  const isFailure = (outcome: SegmentOutcome) => 'error' in outcome;
  return {
    written: outcomes.filter(outcome => 'written' in outcome).map(({ uri }) => uri),
    failures: outcomes.filter(isFailure).map(outcome => ('error' in outcome ? outcome.error : '')),
    skipped,
    cancelled,
  };
}

/** The one message that tells how a batch went, with the first failures in full. */
export function summaryText({ written, failures, skipped, cancelled }: Summary): string {
  const parts = [
    written.length === 1 ? vscode.l10n.t('1 image segmented') : vscode.l10n.t('{0} images segmented', written.length),
  ];
  if (failures.length > 0) parts.push(vscode.l10n.t('{0} failed', failures.length));
  if (skipped > 0) parts.push(vscode.l10n.t('{0} skipped because of unsaved changes in the mask editor', skipped));
  if (cancelled) parts.push(vscode.l10n.t('cancelled before the rest'));
  const shown = failures.slice(0, 3);
  const more = failures.length > shown.length ? [vscode.l10n.t('and {0} more', failures.length - shown.length)] : [];
  return [`${parts.join(', ')}.`, ...shown, ...more].join(' ');
}

async function tell(summary: Summary): Promise<void> {
  const open = vscode.l10n.t('Open First');
  const results = vscode.l10n.t('Show Results');
  const problems = vscode.l10n.t('Show Problems');
  const buttons = [
    ...(summary.written.length > 1 ? [results] : []),
    ...(summary.written.length > 0 ? [open] : []),
    ...(summary.failures.length > 0 ? [problems] : []),
  ];
  const show = summary.failures.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const choice = await show(summaryText(summary), ...buttons);
  if (choice === open) await openMaskEditor(vscode.Uri.parse(summary.written[0]));
  const written = summary.written.map(uri => vscode.Uri.parse(uri));
  if (choice === results) await vscode.commands.executeCommand('labelless.showResults', written[0], written);
  if (choice === problems) await vscode.commands.executeCommand('workbench.panel.markers.view.focus');
}

/** Those of `busy` that a batch over `uris`, files and folders, would otherwise write. */
function skippedOf(uris: readonly vscode.Uri[], busy: readonly vscode.Uri[]): vscode.Uri[] {
  const within = (image: vscode.Uri, uri: vscode.Uri) =>
    image.toString() === uri.toString() ||
    vscode.Uri.joinPath(image, '..').toString() === uri.toString().replace(/\/$/, '');
  return busy.filter(image => uris.some(uri => within(image, uri)));
}

/**
 * Segments images and folders and writes their masks, with progress that can be cancelled and a summary at the end.
 * @param busy images whose editors have unsaved changes or a run: they are left alone
 */
export async function segmentBatch(
  server: Server,
  uris: readonly vscode.Uri[],
  busy: readonly vscode.Uri[],
  how: How,
): Promise<Summary> {
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
        workDoneToken: randomUUID(),
        ...how,
      };
      return server.segment(params, token, showProgress(progress));
    },
  );
  const summary = summarize(result, skip.length);
  void tell(summary);
  return summary;
}
