import * as vscode from 'vscode';
import type { SavedStatus } from '../../mask/document/maskStatus';
import { imagesAhead, stepFrom, type Step } from '../../mask/session/steps';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { isDirty, maskTabOf, openMaskEditor, untilDirty } from '../common/tabs';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { SegmentOptions } from '../segment/segmentResult';
import type { Segmentations } from '../segment/segmentations';
import type { ImagesAhead } from './imagesAhead';
import type { LabellingSession } from './labellingSession';

/** How many images are segmented before the user comes to them. */
const preparedImages = 3;

/** The steps whose masks are read before the user takes them. */
const likelySteps = ['next', 'nextUnapproved'] as const;
/** Milliseconds from showing an image until masks are read ahead: the image comes first. */
const readDelay = 700;

/** The user's way through the images of a session: opening, deciding, saving. What is asked for is done in turn. */
export class SessionWalk {
  private last: Promise<void> = Promise.resolve();
  private reading: NodeJS.Timeout | undefined;

  constructor(
    readonly session: LabellingSession,
    private readonly editors: MaskEditors,
    private readonly segmentations: Segmentations,
    private readonly ahead: ImagesAhead,
    /** The network by which images without a mask are segmented; undefined: the method of the settings. */
    private readonly network: () => SegmentOptions | undefined,
  ) {}

  /** Opens an image of the list. */
  open(path: string): Promise<void> {
    return this.inTurn(() => this.show(path));
  }

  /** Opens the image to which a step leads, or tells the user that there is none. */
  go(step: Step): Promise<void> {
    return this.inTurn(async () => {
      const path = this.target(step);
      if (path !== undefined) await this.show(path);
      else void vscode.window.showInformationMessage(nothingThere(step));
    });
  }

  /** Approves or skips the image, and goes on to the next one that is neither. */
  decide(status: 'approved' | 'skipped'): Promise<void> {
    return this.inTurn(async () => {
      const path = this.currentPath();
      const next = this.target('nextUnapproved');
      await this.setStatus(path, status);
      if (next !== undefined) await this.show(next);
      else {
        await this.save(path);
        void vscode.window.showInformationMessage(nothingThere('nextUnapproved'));
      }
    });
  }

  /** Takes back an approval, or a skipping. */
  reopen(): Promise<void> {
    return this.inTurn(async () => {
      const path = this.currentPath();
      const status = this.session.imageAt(path)?.status;
      if (status !== 'approved' && status !== 'skipped') return;
      await this.setStatus(path, 'edited');
      await this.save(path);
    });
  }

  /** Does something with the image that the user looks at, in its turn. */
  withCurrent(action: (path: string) => Promise<void>): Promise<void> {
    return this.inTurn(() => action(this.currentPath()));
  }

  /** Resolves once all that was asked for is done, and saved. */
  settled(): Promise<void> {
    return this.last;
  }

  /** Prepares the images that come next. */
  lookAhead(): void {
    const { place, session } = this;
    this.ahead.want(imagesAhead(place, preparedImages).map(index => session.uriOf(place.images[index]!.path)));
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      const paths = new Set(likelySteps.flatMap(step => this.target(step) ?? []));
      const withMask = [...paths].filter(path => session.imageAt(path)?.status !== 'none');
      this.editors.readAhead(withMask.map(path => session.uriOf(path))).catch(reportError);
    }, readDelay);
  }

  /** Ends what is under way for images to come. */
  dispose(): void {
    clearTimeout(this.reading);
    this.ahead.clear();
    this.editors.readAhead([]).catch(reportError);
  }

  private get place() {
    return this.session.place;
  }

  /** Does what is asked for once all before is done, and the edits that the user has begun on the image are made. */
  private inTurn(action: () => Promise<void>): Promise<void> {
    const inTurn = async () => {
      const { current } = this.session;
      const document = current === undefined ? undefined : this.documentAt(current);
      if (document) await this.editors.provider.finishEdits(document);
      await action();
    };
    this.last = this.last.then(inTurn).catch(reportError);
    return this.last;
  }

  private target(step: Step): string | undefined {
    const index = stepFrom(this.place, step, this.session.seen);
    return index === undefined ? undefined : this.place.images[index]?.path;
  }

  private currentPath(): string {
    const { current } = this.session;
    if (current === undefined) throw new Error(vscode.l10n.t('Open an image of the list first.'));
    return current;
  }

  private documentAt(path: string): ImageDocument | undefined {
    return this.editors.documentOf(this.session.uriOf(path));
  }

  /**
   * Shows an image in the place of the one before, and segments it if it has no mask. The mask of the one before is
   * saved once the new one is on its way: its editor stays open if it cannot be.
   */
  private async show(path: string): Promise<void> {
    const { session } = this;
    const before = session.current;
    const column = before === undefined ? undefined : maskTabOf(session.uriOf(before))?.group.viewColumn;
    session.setCurrent(path);
    // Not as a preview: VS Code could put another in its place before it has learned of an edit that was just made.
    await openMaskEditor(session.uriOf(path), column);
    await this.giveMask(path);
    if (before !== undefined && before !== path) await this.leave(before, path);
    this.lookAhead();
  }

  /** Gives an image without a mask the one that was made ahead, or else begins to segment it. */
  private async giveMask(path: string): Promise<void> {
    const document = this.documentAt(path);
    if (!document || document.model || this.segmentations.isRunning(document) || !vscode.workspace.isTrusted) return;
    const prepared = await this.ahead.take(document.uri);
    if (prepared) await this.segmentations.take(document, prepared);
    else void this.segmentations.segment(document, this.network());
  }

  /** Saves and closes an image, once the next one is in sight: closing an editor takes VS Code a while. */
  private async leave(path: string, next: string): Promise<void> {
    await this.save(path);
    const document = this.documentAt(next);
    if (document) await this.editors.provider.untilShown(document);
    const tab = maskTabOf(this.session.uriOf(path));
    if (tab && !tab.isDirty && !tab.isPinned) await vscode.window.tabGroups.close(tab, true);
  }

  /** Saves the mask of an open image as its editor does, which asks before it overwrites what others have written. */
  async save(path: string): Promise<void> {
    const document = this.documentAt(path);
    if (document && isDirty(document.uri)) await this.editors.provider.save(document);
  }

  /** @throws Error when the image has no mask that could have a status, or is being segmented */
  private async setStatus(path: string, status: SavedStatus): Promise<void> {
    const document = this.documentAt(path);
    const listed = this.session.imageAt(path);
    if (document && status === 'approved' && this.segmentations.isRunning(document))
      throw new Error(
        vscode.l10n.t('{0} is still being segmented. Approve it once its mask is there.', nameOf(document.uri)),
      );
    if (document?.model) {
      const before = document.state;
      document.request({ kind: 'status', status });
      if (document.state !== before) await untilDirty(document.uri); // what is not dirty is not saved
    } else if (listed?.status === 'none' && status === 'approved')
      throw new Error(vscode.l10n.t('{0} has no mask yet: segment it first.', nameOf(this.session.uriOf(path))));
    else {
      if (document) this.segmentations.cancel(document);
      await this.session.setStatus(path, status);
    }
  }
}

function nothingThere(step: Step): string {
  switch (step) {
    case 'next':
      return vscode.l10n.t('This is the last image of the list.');
    case 'previous':
      return vscode.l10n.t('This is the first image of the list.');
    case 'nextUnapproved':
    case 'nextUncertain':
      return vscode.l10n.t('All images of the list are approved or skipped.');
  }
}
