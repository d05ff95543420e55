import * as vscode from 'vscode';
import { isMadeByHand, type Segmentation } from '../../mask/document/segmentation';
import { nameOf } from '../common/maskLocations';
import { hashOnDisk } from '../common/maskStorage';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { ImageDocument } from '../editor/imageDocument';
import type { MaskEditors } from '../editor/maskEditorFeature';
import type { Server } from '../server/server';
import { EditorSegmentation } from './editorSegmentation';
import type { EditorSegmentOptions } from './segmentResult';

/** The segmentations that are running in open editors, at most one for each document. */
export class Segmentations {
  private readonly running = new Map<ImageDocument, EditorSegmentation>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when a segmentation began or ended. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly editors: MaskEditors,
  ) {}

  /** Whether a document's image is being segmented. */
  isRunning(document: ImageDocument): boolean {
    return this.running.has(document);
  }

  /** Waits until a document's image is not being segmented. */
  async untilDone(document: ImageDocument): Promise<void> {
    while (this.running.has(document))
      await new Promise<void>(resolve => {
        const listener = this.onChange(() => {
          listener.dispose();
          resolve();
        });
      });
  }

  /**
   * Segments a document's image, with or without its scribbles, after asking the user if that would lose work. Resolves
   * when the segmentation has ended; its errors are shown to the user.
   */
  async segment(document: ImageDocument, options: EditorSegmentOptions = {}): Promise<void> {
    if (
      this.running.has(document) ||
      !(await requireTrust('segment')) ||
      !(await confirmReplacing(document, options.withScribbles ?? false)) ||
      this.running.has(document)
    )
      return;
    const segmentation = new EditorSegmentation(document, this.server, options);
    this.running.set(document, segmentation);
    const closed = document.onDispose(() => {
      segmentation.cancel();
    });
    this.changed.fire();
    try {
      await this.locate(document);
      await segmentation.run();
    } catch (error) {
      reportError(error);
    } finally {
      closed.dispose();
      this.running.delete(document);
      this.changed.fire();
    }
  }

  /** Gives a document without a mask a segmentation that was made before it was opened, as one undoable step. */
  async take(document: ImageDocument, segmentation: Segmentation): Promise<void> {
    await this.locate(document);
    if (!document.model && !this.running.has(document)) document.finishSegmentation(segmentation);
  }

  /** Ends a document's segmentation and keeps the best result so far. */
  stop(document: ImageDocument): void {
    this.running.get(document)?.stop().catch(reportError);
  }

  /** Ends a document's segmentation and discards its result. */
  cancel(document: ImageDocument): void {
    this.running.get(document)?.cancel();
  }

  /** Has the mask saved where the settings put it now. */
  private async locate(document: ImageDocument): Promise<void> {
    const location = await this.editors.locationOf(document.uri);
    document.setLocation(location, await hashOnDisk(location));
  }
}

/** Asks the user before a new segmentation replaces what was made by hand. Locked labels stay anyway. */
async function confirmReplacing({ model, uri }: ImageDocument, withScribbles: boolean): Promise<boolean> {
  if (!model || model.view().labels.length === 0 || !isMadeByHand(model.state)) return true;
  // Between one segmentation by scribbles and the next a user adds strokes: each is a step that can be undone.
  const names = new Set(model.state.scribbles?.map(({ name }) => name));
  if (
    withScribbles &&
    model.state.run?.method === 'scribbles' &&
    [...model.state.properties.values()].every(({ name }) => name !== undefined && names.has(name))
  )
    return true;
  const replace = vscode.l10n.t('Segment Again');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Segment {0} again?', nameOf(uri)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Locked labels stay as they are. The names, colours and pixels of all others are replaced. This can be undone.',
      ),
    },
    replace,
  );
  return choice === replace;
}
