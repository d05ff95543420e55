import * as vscode from 'vscode';
import type { MapChange } from '../../mask/document/maskHistory';
import type { MaskState } from '../../mask/document/maskState';
import { reasonOf } from '../../mask/errors';
import type { RegionMap } from '../../mask/regions/regionMap';
import { parseEditorPageMessage, type EditorHostMessage } from '../../protocol/editorPage';
import type { PageAction } from '../../protocol/pageActions';
import { pageHtml, pageRoot } from '../common/pageHtml';
import type { Server } from '../server/server';
import type { Change, ImageDocument } from './imageDocument';
import { labelNamesFor } from './imageSettings';
import { readInfo, readPicture } from './pagePicture';

/** What a page can set going beyond edits. */
export interface PanelActions {
  segment(document: ImageDocument): void;
  segmentScribbles(document: ImageDocument): void;
  compareWith(document: ImageDocument): void;
  stop(document: ImageDocument): void;
  cancel(document: ImageDocument): void;
}

/** Bytes that a run of changed pixels takes in a `patch` message: its start, its length and its new id. */
const bytesPerRun = 10;

/** Settings that the page is told. */
const pageSettings = ['labels', 'editor'];

/** A map as a message: what changed since the map that the page has, where that is known and smaller; else all of it. */
function mapMessage(sent: RegionMap | undefined, regions: RegionMap, change: MapChange | null): EditorHostMessage {
  const { width, height, count, ids } = regions;
  if (change && change.from === sent && change.to === regions) {
    const { starts, lengths, after } = change.patch;
    if (bytesPerRun * starts.length < ids.byteLength) return { type: 'patch', count, starts, lengths, ids: after };
  }
  return { type: 'regions', width, height, count, ids };
}

function hierarchyMessage({ hierarchy }: MaskState, note: string | undefined): EditorHostMessage {
  return hierarchy
    ? { type: 'hierarchy', hierarchy }
    : {
        type: 'hierarchy',
        hierarchy: null,
        reason: note ?? vscode.l10n.t('This mask has no hierarchy of regions. Segment the image again to get one.'),
      };
}

/** One editor on a document: its page, kept in step with it. */
export class Panel {
  /** The base that the page has; sent again only when it changes, since it is by far the largest part. */
  private sent: { regions: RegionMap | undefined; hierarchy: unknown } = { regions: undefined, hierarchy: undefined };

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly document: ImageDocument,
    private readonly server: Server,
    private readonly actions: PanelActions,
    extension: vscode.Uri,
  ) {
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage(message => {
        void this.guard(() => this.receive(message));
      }),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (pageSettings.some(name => change.affectsConfiguration(`labelless.${name}`, document.uri)))
          this.drawSettings();
      }),
      document.onChange(change => {
        void this.guard(() => this.draw(change));
      }),
    ];
    panel.onDidDispose(() => {
      for (const listener of listeners) listener.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extension, {
      name: 'editor',
      title: vscode.l10n.t('Labelless Mask Editor'),
    });
  }

  get active(): boolean {
    return this.panel.active;
  }

  /** Has the page do what a key of it does. */
  act(action: PageAction): void {
    this.post({ type: 'act', action });
  }

  private post(message: EditorHostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  /** Does what a page or the document asks; where that fails, the page says so and shows again what is. */
  private async guard(action: () => Promise<void> | void): Promise<void> {
    try {
      await action();
    } catch (error) {
      const message = reasonOf(error);
      this.server.log.warn(`${this.document.uri.toString()}: ${message}`);
      this.post({ type: 'problem', message });
      this.drawMask();
    }
  }

  private async receive(untrusted: unknown): Promise<void> {
    const message = parseEditorPageMessage(untrusted);
    switch (message.type) {
      case 'ready':
        return this.drawAll();
      case 'compareWith':
        this.actions.compareWith(this.document);
        break;
      case 'stopComparing':
        this.document.compare(null);
        break;
      case 'info':
        this.post(await readInfo(this.document.uri, this.server));
        break;
      case 'edit':
        return this.edit(message.edit, message.id);
      case 'begin':
        this.document.begin(message.width, message.height);
        break;
      case 'segmentScribbles':
        this.actions.segmentScribbles(this.document);
        break;
      case 'segment':
        this.actions.segment(this.document);
        break;
      case 'stop':
        this.actions.stop(this.document);
        break;
      case 'cancel':
        this.actions.cancel(this.document);
        break;
    }
  }

  private async edit(untrusted: unknown, id: number | undefined): Promise<void> {
    await this.guard(() => {
      this.document.request(untrusted);
    });
    if (id !== undefined) this.post({ type: 'answer', id });
  }

  /** A page that has just loaded, or loads again after it was hidden, knows nothing. */
  private async drawAll(): Promise<void> {
    this.sent = { regions: undefined, hierarchy: undefined };
    this.drawSettings();
    for (const part of ['picture', 'regions', 'comparison', 'run'] as const)
      await this.guard(() => this.draw({ part }));
  }

  private async draw(change: Change): Promise<void> {
    switch (change.part) {
      case 'picture':
        this.post(await readPicture(this.document.uri, this.server));
        break;
      case 'regions':
        this.drawRegions(change.mapChange ?? null);
        break;
      case 'mask':
        this.drawMask();
        break;
      case 'comparison':
        this.post({ type: 'compare', against: this.document.comparison });
        break;
      case 'run':
        this.post({ type: 'run', run: this.document.run });
        break;
    }
  }

  private drawSettings(): void {
    this.post({ type: 'names', names: labelNamesFor(this.document.uri) });
    this.post({
      type: 'keys',
      single: vscode.workspace.getConfiguration('labelless', this.document.uri).get('editor.singleKeys', true),
    });
  }

  private drawRegions(change: MapChange | null): void {
    const { shown } = this.document;
    if (shown) {
      const { regions, hierarchy } = shown.state;
      if (this.sent.regions !== regions) this.post(mapMessage(this.sent.regions, regions, change));
      if (this.sent.regions === undefined || this.sent.hierarchy !== hierarchy)
        this.post(hierarchyMessage(shown.state, this.document.note));
      this.sent = { regions, hierarchy };
    } else this.sent = { regions: undefined, hierarchy: undefined };
    this.drawMask();
  }

  private drawMask(): void {
    this.post({ type: 'mask', mask: this.document.shown?.view() ?? null });
  }
}
