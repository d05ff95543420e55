import * as vscode from 'vscode';
import type { MaskDocument } from '../../mask/document/maskDocument';
import { statusOf } from '../../mask/document/statusOf';
import { toBackupText } from '../../mask/files/maskFiles';
import { imageBefore, imagesBehind } from '../../mask/session/series';
import { CarryLabelsRequest, PropagateRequest, type PropagateResult } from '../../protocol/seriesMessages';
import { nameOf } from '../common/maskLocations';
import { showProgress } from '../common/report';
import { isDirty } from '../common/tabs';
import { askForText } from '../common/questions';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Segmentations } from '../segment/segmentations';
import type { Server } from '../server/server';
import type { LabellingSession } from './labellingSession';

/** How long the status bar tells that labels were taken. */
const shownMilliseconds = 5000;

/** Labels of a session's images as a series: each image can take those of the one before it by name. */
export class SeriesLabels {
  constructor(
    private readonly session: LabellingSession,
    private readonly editors: MaskEditors,
    private readonly segmentations: Segmentations,
    private readonly server: Server,
  ) {}

  /**
   * *Same as Previous*: gives an open image the labels of the image before it, as one undoable step.
   * @throws Error with the reason why that is not possible; the mask is then as before
   */
  async takeFromPrevious(path: string): Promise<void> {
    const { session } = this;
    const image = session.uriOf(path);
    const document = this.editors.documentOf(image);
    if (!document) throw new Error(vscode.l10n.t('Open an image of the list first.'));
    const status = document.state ? statusOf(document.state) : undefined;
    if (status === 'approved' || status === 'skipped')
      throw new Error(
        vscode.l10n.t('{0} is approved or skipped. Take that back first to change its labels.', nameOf(image)),
      );
    const before = imageBefore(session.images ?? [], path);
    if (!before) throw new Error(vscode.l10n.t('{0} is the first image of the series.', nameOf(image)));
    const previous = session.uriOf(before.path);
    if (before.problem !== undefined) throw new Error(`${nameOf(previous)}: ${before.problem}`);
    const previousMask = await this.editors.maskOf(previous);
    if (!previousMask) throw new Error(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(previous)));
    const mask = await this.segmented(document);
    const { hierarchy } = mask.state;
    const carried = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Labels of {0}', nameOf(previous)) },
      () =>
        this.server.request(CarryLabelsRequest, {
          previous: { uri: previous.toString(), mask: toBackupText(previousMask) },
          next: { uri: image.toString(), mask: toBackupText(mask) },
        }),
    );
    if (document.state?.hierarchy !== hierarchy)
      throw new Error(vscode.l10n.t('{0} was segmented again meanwhile.', nameOf(image)));
    if (!document.carryLabels(carried))
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Nothing of {0} was changed: all of it is labelled by hand, or unlike {1}.',
          nameOf(image),
          nameOf(previous),
        ),
      );
    else if (carried.round !== undefined)
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('Labels of {0}, by the network of round {1} too', nameOf(previous), carried.round),
        shownMilliseconds,
      );
  }

  /** *Propagate to the Next N*: has the server write proposals for the images after one, and tells the outcome. */
  async propagate(path: string, count: number): Promise<void> {
    const { session } = this;
    const images = imagesBehind(session.images ?? [], path, count).filter(
      image => !this.isBusy(session.uriOf(image.path)),
    );
    if (images.length === 0)
      throw new Error(vscode.l10n.t('{0} is the last image of the series.', nameOf(session.uriOf(path))));
    const result = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        cancellable: true,
        title: vscode.l10n.t('Propagating the labels of {0}', nameOf(session.uriOf(path))),
      },
      (progress, token) => {
        const params = {
          from: session.uriOf(path).toString(),
          images: images.map(image => session.uriOf(image.path).toString()),
        };
        return this.server.request(PropagateRequest, params, { token, progress: showProgress(progress) });
      },
    );
    await session.refresh(images.map(image => image.path));
    tellOutcome(result);
  }

  /** Whether somebody works on an image in its editor: what the server wrote would get in the way. */
  private isBusy(image: vscode.Uri): boolean {
    const document = this.editors.documentOf(image);
    return document !== undefined && (isDirty(image) || this.segmentations.isRunning(document));
  }

  /** The mask of a document that has a hierarchy of regions: one that is being made is waited for. */
  private async segmented(document: ImageDocument): Promise<MaskDocument> {
    if (!document.model && !this.segmentations.isRunning(document)) await this.segmentations.segment(document);
    await this.segmentations.untilDone(document);
    if (!document.model) throw new Error(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(document.uri)));
    if (!document.model.state.hierarchy)
      throw new Error(
        vscode.l10n.t(
          'The mask of {0} has no hierarchy of regions that could take labels. Segment the image again to get one.',
          nameOf(document.uri),
        ),
      );
    return document.model;
  }
}

function tellOutcome({ written, kept, stopped, cancelled, round }: PropagateResult): void {
  const parts = [
    written.length === 1
      ? vscode.l10n.t('1 image has new labels.')
      : vscode.l10n.t('{0} images have new labels.', written.length),
    ...(round !== undefined ? [vscode.l10n.t('The network of round {0} took part.', round)] : []),
    ...(kept.length > 0 ? [vscode.l10n.t('Left as they are, being worked on: {0}.', kept.length)] : []),
    ...(cancelled ? [vscode.l10n.t('Cancelled before the rest.')] : []),
    ...(stopped ? [stopText(stopped)] : []),
  ];
  const show = stopped ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  void show(parts.join(' '));
}

function stopText(stopped: NonNullable<PropagateResult['stopped']>): string {
  const name = nameOf(vscode.Uri.parse(stopped.uri));
  if ('error' in stopped) return vscode.l10n.t('Stopped at {0}: {1}.', name, stopped.error.replace(/\.$/, ''));
  return vscode.l10n.t(
    'Stopped at {0}: by estimate, only {1} % of it would be labelled right.',
    name,
    Math.round(100 * stopped.right),
  );
}

/** The number of images that labels are propagated to unless the user says otherwise, and at most. */
const [usualCount, mostCount] = [10, 10_000];

/** Asks to how many images labels are to be propagated; undefined when the user cancels. */
export async function askForCount(): Promise<number | undefined> {
  const text = await askForText({
    title: vscode.l10n.t('Propagate to the Next Images'),
    prompt: vscode.l10n.t('How many images take these labels, each from the one before it?'),
    value: String(usualCount),
    validateInput: given =>
      isCount(given) ? undefined : vscode.l10n.t('Type a whole number from {0} to {1}.', 1, mostCount),
  });
  return text === undefined ? undefined : Number(text);
}

function isCount(text: string): boolean {
  return /^\s*\d+\s*$/.test(text) && Number(text) >= 1 && Number(text) <= mostCount;
}
