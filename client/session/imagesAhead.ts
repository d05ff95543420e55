import * as vscode from 'vscode';
import { SegmentRequest, type EncodedSegmentation } from '../../protocol/segmentMessages';
import { decodeSegmentation, encodedSegmentation, type SegmentOptions } from '../segment/segmentResult';
import { stampOf } from '../common/localFiles';
import type { Server } from '../server/server';

/** A segmentation made ahead, and the state of the image's file that it was made of. */
interface Prepared {
  readonly encoded: EncodedSegmentation;
  readonly file: string;
}

/**
 * Segments the images that a user comes to next, one at a time, while nothing else is segmented. Results stay in memory
 * until their image is opened, so that a session that ends leaves no file behind that nobody asked for.
 */
export class ImagesAhead {
  private wanted: readonly vscode.Uri[] = [];
  /** By URI; undefined for an image that cannot be segmented: its editor will say why. */
  private readonly prepared = new Map<string, Prepared | undefined>();
  private options: SegmentOptions = {};
  private running: { readonly image: string; readonly cancellation: vscode.CancellationTokenSource } | undefined;

  constructor(private readonly server: Server) {}

  /** Prepares these images, in this order, and forgets all others. */
  want(images: readonly vscode.Uri[]): void {
    this.wanted = images;
    const names = new Set(images.map(String));
    for (const name of this.prepared.keys()) if (!names.has(name)) this.prepared.delete(name);
    if (this.running && !names.has(this.running.image)) this.running.cancellation.cancel();
    void this.work();
  }

  /** Sets what overrides the settings, and prepares the images anew. */
  segmentBy(options: SegmentOptions): void {
    const { wanted } = this;
    this.options = options;
    this.clear();
    this.want(wanted);
  }

  /** Forgets everything, as when settings have changed. */
  clear(): void {
    this.prepared.clear();
    this.want([]);
  }

  /** The segmentation of an image as it is now; undefined where none has been made. */
  async take(image: vscode.Uri): Promise<ReturnType<typeof decodeSegmentation> | undefined> {
    const prepared = this.prepared.get(image.toString());
    this.prepared.delete(image.toString());
    const file = await stampOf(image);
    return prepared?.file === file ? decodeSegmentation(prepared.encoded) : undefined;
  }

  private async work(): Promise<void> {
    if (this.running || !vscode.workspace.isTrusted) return;
    const next = this.wanted.find(image => !this.prepared.has(image.toString()));
    if (!next) return;
    const cancellation = new vscode.CancellationTokenSource();
    this.running = { image: next.toString(), cancellation };
    try {
      const file = await stampOf(next);
      const params = { uris: [next.toString()], target: 'return' as const, ahead: true, ...this.options };
      const result = await this.server.request(SegmentRequest, params, { token: cancellation.token });
      const encoded = await encodedSegmentation(result, next);
      if (!cancellation.token.isCancellationRequested) this.prepared.set(next.toString(), { encoded, file });
    } catch (error) {
      if (!cancellation.token.isCancellationRequested) {
        this.server.log.warn(`${next.toString()}: ${String(error)}`);
        this.prepared.set(next.toString(), undefined);
      }
    } finally {
      this.running = undefined;
      cancellation.dispose();
    }
    void this.work();
  }
}
