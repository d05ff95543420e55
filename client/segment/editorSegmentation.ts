import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { scribbleLabels } from '../../mask/document/scribbles';
import { decodeBytes, decodeHierarchy, decodeRegions } from '../../mask/files/codec';
import type { RegionMap } from '../../mask/regions/regionMap';
import {
  SegmentRequest,
  StopNotification,
  type EncodedSegmentation,
  type PreviewParams,
  type ScribbleParams,
  type SegmentationSummary,
} from '../../protocol/segmentMessages';
import { nameOf } from '../common/maskLocations';
import type { ImageDocument } from '../editor/imageDocument';
import type { Server } from '../server/server';
import { decodeSegmentation, encodedSegmentation, type EditorSegmentOptions } from './segmentResult';

/** The segmentation of one image in its editor, from the request to the undoable step. */
export class EditorSegmentation {
  private readonly token = randomUUID();
  private readonly cancellation = new vscode.CancellationTokenSource();
  private base: RegionMap | undefined;
  private nextSequence = 0;

  constructor(
    private readonly document: ImageDocument,
    private readonly server: Server,
    private readonly options: EditorSegmentOptions,
  ) {}

  /**
   * Segments the image, shows previews on the way, and takes the result into the document as one undoable step.
   * @throws Error with the reason why there is no result, `CancellationError` when cancelled; the document is then as
   * before
   */
  async run(): Promise<void> {
    const { document, server } = this;
    document.showSegmentation({ state: 'running', iteration: 0, iterations: 0, labels: 0, regions: 0, loss: null });
    const previews = server.onPreview(preview => {
      if (preview.token === this.token) this.show(preview);
    });
    try {
      const encoded = await this.request();
      if (this.cancellation.token.isCancellationRequested) throw new vscode.CancellationError();
      const { summary, scribbleClasses } = encoded;
      const result = decodeSegmentation(encoded);
      document.finishSegmentation(
        result,
        scribbleClasses === undefined ? undefined : decodeBytes(scribbleClasses, result.regions.count),
      );
      if (summary.reduced) void this.showReduced(summary.reduced);
    } finally {
      previews.dispose();
      this.cancellation.dispose();
      document.showSegmentation(null);
    }
  }

  /** Ends the segmentation and keeps the best result so far. */
  stop(): Promise<void> {
    return this.server.notify(StopNotification, { token: this.token });
  }

  /** Ends the segmentation and discards its result. */
  cancel(): void {
    this.cancellation.cancel();
  }

  private async request(): Promise<EncodedSegmentation> {
    const uri = this.document.uri.toString();
    const { withScribbles, ...sent } = this.options;
    const result = await this.server.request(
      SegmentRequest,
      {
        uris: [uri],
        target: 'return',
        workDoneToken: this.token,
        ...sent,
        ...(this.document.view && { view: this.document.view }),
        ...(withScribbles && { scribbles: this.scribbles() }),
      },
      { token: this.cancellation.token },
    );
    return encodedSegmentation(result, this.document.uri);
  }

  private scribbles(): ScribbleParams {
    const scribbles = this.document.state?.scribbles ?? [];
    const names = scribbleLabels(scribbles).map(label => label.name);
    return {
      classes: names.length,
      strokes: scribbles.map(({ name, size, points }) => ({ class: names.indexOf(name), size, points: [...points] })),
    };
  }

  private show({ sequence, regions, hierarchy, iteration, iterations, labels, loss }: PreviewParams): void {
    if (sequence < this.nextSequence || this.cancellation.token.isCancellationRequested) return;
    this.nextSequence = sequence + 1;
    try {
      if (regions) this.base = decodeRegions(regions);
      if (this.base)
        this.document.showPreview({
          regions: this.base,
          hierarchy: decodeHierarchy(hierarchy),
          granularity: this.granularity(),
          run: null,
        });
    } catch (error) {
      // a lost preview does not matter, the next one comes
      this.server.log.warn(`${this.document.uri.toString()}: ${String(error)}`);
      return;
    }
    const shown = this.document.shown?.cut().count ?? 0;
    this.document.showSegmentation({ state: 'running', iteration, iterations, labels, regions: shown, loss });
  }

  /** Informs the user that the network was trained at a reduced size, with a button for the setting that limits it. */
  private async showReduced({ width, height, reason }: NonNullable<SegmentationSummary['reduced']>): Promise<void> {
    const setting = vscode.l10n.t('Open Setting');
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0}: the network was trained at {1} × {2}, for {3}.',
        nameOf(this.document.uri),
        width,
        height,
        reason,
      ),
      setting,
    );
    if (choice === setting)
      await vscode.commands.executeCommand('workbench.action.openSettings', 'labelless.limits.memory');
  }

  private granularity(): number {
    return vscode.workspace.getConfiguration('labelless', this.document.uri).get('granularity', 0.5);
  }
}
