import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { MapChange } from '../../mask/document/maskHistory';
import type { MaskState } from '../../mask/document/maskState';
import { reasonOf } from '../../mask/errors';
import { packMap } from '../../mask/regions/packedMap';
import type { RegionMap } from '../../mask/regions/regionMap';
import { parseEditorPageMessage, type EditorHostMessage } from '../../protocol/editorPage';
import type { PageAction } from '../../protocol/pageActions';
import { pageHtml, pageRoot } from '../common/pageHtml';
import type { Server } from '../server/server';
import type { DocumentChange, ImageDocument } from './imageDocument';
import { labelNamesFor } from './imageSettings';
import { PagePosts } from './pagePosts';
import { readInfo, readPicture, readServerPicture } from './pagePicture';
import type { SharedDisplay } from './sharedDisplay';

/** The messages of a page that ask for work of other features, on the document that the page shows. */
export type PageRequestType =
  'segment' | 'segmentScribbles' | 'compareWith' | 'stop' | 'cancel' | 'newClassList' | 'openClassFile';

/** Bytes that a run of changed pixels takes in a `patch` message: its start, its length and its new id. */
const bytesPerRun = 10;

/** Milliseconds after which a page counts as one that does not answer: many, since its edits are not to be lost. */
const answerMilliseconds = 10_000;

/** Milliseconds after which nobody waits any more until a page shows its picture. */
const shownMilliseconds = 1000;

/** Milliseconds for which all else waits for the picture. */
const pictureMilliseconds = 150;

/** Sections of the settings that the page depends on. */
const pageSettings = ['labels', 'editor'];

/**
 * The message about a region map: the changes since the map that the page has, where these are known and take fewer
 * bytes, else the whole map.
 */
function mapMessage(sent: RegionMap | undefined, regions: RegionMap, change: MapChange | null): EditorHostMessage {
  if (change && change.from === sent && change.to === regions) {
    const { starts, lengths, after } = change.patch;
    if (bytesPerRun * starts.length < regions.ids.byteLength)
      return { type: 'patch', count: regions.count, starts, lengths, ids: after };
  }
  return { type: 'regions', ...packMap(regions) };
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

/** One editor on a document: its page, which is updated as the document changes. */
export class Panel {
  /** The map and the hierarchy that the page has; as the largest part by far, they are sent only when they change. */
  private sent: { regions: RegionMap | undefined; hierarchy: unknown } = { regions: undefined, hierarchy: undefined };

  /** What waits for the page to have made its edits, by the id of the question. */
  private readonly questions = new Map<number, () => void>();
  private nextQuestion = 0;
  private onShown: () => void = () => undefined;
  private readonly shown = new Promise<void>(resolve => {
    this.onShown = resolve;
  });
  private isLoaded = false;
  /** Whether what the page shows is posted before it asks: VS Code keeps messages to a page that loads. */
  private isSent = false;
  private readonly posts: PagePosts;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    readonly document: ImageDocument,
    private readonly server: Server,
    private readonly onRequest: (type: PageRequestType) => void,
    extension: vscode.Uri,
    private readonly display: SharedDisplay,
  ) {
    this.posts = new PagePosts(panel.webview);
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(extension)] };
    const listeners = [
      panel.webview.onDidReceiveMessage(message => {
        void this.guard(() => this.receive(message));
      }),
      vscode.workspace.onDidChangeConfiguration(change => {
        if (pageSettings.some(name => change.affectsConfiguration(`labelless.${name}`, document.uri)))
          this.drawSettings();
      }),
      display.onChange(by => {
        if (by !== this) this.drawDisplay();
      }),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.isLoaded = this.isSent = false; // VS Code ends a page that is hidden
      }),
      document.onChange(change => {
        void this.guard(() => this.draw(change));
      }),
    ];
    panel.onDidDispose(() => {
      this.posts.close();
      this.onShown();
      for (const listener of listeners) listener.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, extension, {
      name: 'editor',
      title: vscode.l10n.t('Labelless Mask Editor'),
      keepsEarlyMessages: true,
    });
    this.isSent = true;
    setImmediate(() => {
      void this.drawAll(); // once the page is on its way
    });
  }

  get active(): boolean {
    return this.panel.active;
  }

  /** Has the page perform an action, as one of its keys does. */
  act(action: PageAction): void {
    this.post({ type: 'act', action });
  }

  /** Waits until the picture is on the screen, but not for long. */
  async untilShown(): Promise<void> {
    await Promise.race([this.shown, setTimeout(shownMilliseconds)]);
  }

  /** Waits until the edits that the user has begun on the page are made. A page that is hidden or loading has none. */
  async finishEdits(): Promise<void> {
    if (!this.isLoaded) return;
    const id = this.nextQuestion++;
    const answered = new Promise<void>(resolve => this.questions.set(id, resolve));
    this.post({ type: 'finishEdits', id });
    await Promise.race([answered, setTimeout(answerMilliseconds)]);
    this.questions.delete(id);
  }

  private post(message: EditorHostMessage): void {
    this.posts.post(message);
  }

  /** Runs an action; if it fails, the page shows the error and the mask as it is. */
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
        this.isLoaded = true;
        if (message.view && this.document.view === undefined) this.document.setView(message.view);
        if (this.isSent) this.posts.tellCount();
        else void this.drawAll();
        this.isSent = false;
        break;
      case 'shown':
        this.onShown();
        break;
      case 'view':
        this.document.setView(message.view);
        break;
      case 'pictureDiffers':
        return this.guard(async () => {
          this.post(await readServerPicture(this.document.uri, this.server, this.document.view));
        });
      case 'stopComparing':
        this.document.compare(null);
        break;
      case 'info':
        this.post(await readInfo(this.document.uri, this.server, this.document.view));
        break;
      case 'display':
        this.display.set(message.display, this);
        break;
      case 'edit':
        return this.edit(message.edit, message.id);
      case 'editsMade':
        this.questions.get(message.id)?.();
        break;
      case 'begin':
        this.document.begin(message.width, message.height);
        break;
      case 'newClassList':
      case 'openClassFile':
      case 'compareWith':
      case 'segmentScribbles':
      case 'segment':
      case 'stop':
      case 'cancel':
        this.onRequest(message.type);
        break;
    }
  }

  private async edit(untrusted: unknown, id: number | undefined): Promise<void> {
    await this.guard(() => {
      this.document.request(untrusted);
    });
    if (id !== undefined) this.post({ type: 'answer', id });
  }

  /** Sends everything to a page that loads, for the first time or after it was hidden. */
  private async drawAll(): Promise<void> {
    this.sent = { regions: undefined, hierarchy: undefined };
    // First, since the page decodes it beside all else, unless it takes long to read.
    const picture = this.guard(() => this.draw({ part: 'picture' }));
    await Promise.race([picture, setTimeout(pictureMilliseconds)]);
    this.drawSettings();
    if (this.display.value) this.drawDisplay();
    this.post(this.document.classes.message());
    for (const part of ['regions', 'comparison', 'segmentation'] as const) void this.guard(() => this.draw({ part }));
  }

  private async draw(change: DocumentChange): Promise<void> {
    switch (change.part) {
      case 'picture':
        this.post(await readPicture(this.document.uri, this.server, this.document.view));
        break;
      case 'regions':
        this.drawRegions(change.mapChange ?? null);
        break;
      case 'mask':
        this.drawMask();
        break;
      case 'classes':
        this.post(this.document.classes.message());
        this.drawMask();
        break;
      case 'comparison':
        this.post({ type: 'compare', against: this.document.comparison });
        break;
      case 'segmentation':
        this.post({ type: 'segmentation', progress: this.document.segmentation });
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

  private drawDisplay(): void {
    this.post({ type: 'display', display: this.display.value });
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
