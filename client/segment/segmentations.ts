import * as vscode from 'vscode';
import { isMadeByHand } from '../../mask/document/segmentation';
import { hashOnDisk } from '../common/maskFiles';
import { nameOf, type Bindings } from '../common/maskLocations';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { ImageDocument } from '../editor/document';
import type { Server } from '../server/server';
import { EditorRun } from './editorSegmentation';
import type { EditorHow } from './segmentResult';

/** The runs of open documents, at most one each. */
export class Runs {
  private readonly running = new Map<ImageDocument, EditorRun>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** A run began or ended. */
  readonly onChange = this.changed.event;

  constructor(
    private readonly server: Server,
    private readonly bindings: Bindings,
  ) {}

  isRunning(document: ImageDocument): boolean {
    return this.running.has(document);
  }

  /**
   * Segments a document's image, by its scribbles or without, asking first where that would lose work. Ends with the
   * run; tells errors itself.
   */
  async segment(document: ImageDocument, how: EditorHow = {}): Promise<void> {
    if (
      this.running.has(document) ||
      !(await requireTrust('segment')) ||
      !(await confirmReplacing(document, how.withScribbles ?? false)) ||
      this.running.has(document)
    )
      return;
    const run = new EditorRun(document, this.server, how);
    this.running.set(document, run);
    const closed = document.onDispose(() => {
      run.cancel();
    });
    this.changed.fire();
    try {
      const place = await this.bindings.placeOf(document.uri); // as the settings are now
      document.setPlace(place, await hashOnDisk(place));
      await run.finish();
    } catch (error) {
      reportError(error);
    } finally {
      closed.dispose();
      this.running.delete(document);
      this.changed.fire();
    }
  }

  /** Ends training and keeps the best result so far. */
  stop(document: ImageDocument): void {
    this.running.get(document)?.stop().catch(reportError);
  }

  /** Throws a run away. */
  cancel(document: ImageDocument): void {
    this.running.get(document)?.cancel();
  }
}

/** Asks before a new segmentation replaces what a user made by hand; locked labels stay anyway. */
async function confirmReplacing({ model, uri }: ImageDocument, withScribbles: boolean): Promise<boolean> {
  if (!model || model.view().labels.length === 0 || !isMadeByHand(model.state)) return true;
  // Between one run by scribbles and the next a user adds strokes: each run is a step that can be undone.
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
