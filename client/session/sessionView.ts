import * as vscode from 'vscode';
import { parseSessionPageMessage, type SessionHostMessage } from '../../protocol/sessionPage';
import { nameOf } from '../common/maskLocations';
import { pageHtml, pageRoot } from '../common/pageHtml';
import { reportError } from '../common/report';
import type { LabellingSession, SessionChange } from './labellingSession';

/** What the user asks for in the list. */
export interface SessionViewActions {
  labelFolder(): void;
  open(path: string): void;
  viewChanged(): void;
}

/** The list of a session's images in the side bar, or an offer to begin a session. */
export class SessionView {
  private view: vscode.WebviewView | undefined;
  private session: LabellingSession | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly actions: SessionViewActions,
  ) {}

  /** Fills the view that VS Code opens for the first time, or after it was hidden. */
  resolve(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [pageRoot(this.extension)] };
    view.webview.onDidReceiveMessage(message => {
      try {
        this.receive(message);
      } catch (error) {
        reportError(error);
      }
    });
    view.onDidDispose(() => {
      if (this.view === view) this.view = undefined;
    });
    view.webview.html = pageHtml(view.webview, this.extension, { name: 'session', title: vscode.l10n.t('Images') });
    this.label();
  }

  /** Shows another session, or that there is none. */
  show(session: LabellingSession | undefined): void {
    this.session = session;
    session?.onChange(change => {
      if (this.session === session) this.draw(session, change);
    });
    this.drawAll();
  }

  private receive(untrusted: unknown): void {
    const message = parseSessionPageMessage(untrusted);
    switch (message.type) {
      case 'ready':
        this.drawAll();
        break;
      case 'labelFolder':
        this.actions.labelFolder();
        break;
      case 'open':
        this.actions.open(message.path);
        break;
      case 'listView':
        this.session?.setView(message.view);
        this.actions.viewChanged();
        break;
    }
  }

  private draw(session: LabellingSession, change: SessionChange): void {
    switch (change.part) {
      case 'list':
        this.drawAll();
        break;
      case 'images':
        this.post({ type: 'changed', images: change.images });
        break;
      case 'current':
        this.post({ type: 'current', path: change.path });
        break;
    }
    if (change.part !== 'current') this.label();
  }

  private drawAll(): void {
    const { session } = this;
    this.label();
    if (!session) this.post({ type: 'noSession' });
    else
      this.post({
        type: 'session',
        folder: nameOf(session.folder),
        images: session.images,
        view: session.view,
        classes: session.classes,
        current: session.current ?? null,
      });
  }

  /** Names the folder beside the view's title. */
  private label(): void {
    if (this.view) this.view.description = this.session ? nameOf(this.session.folder) : '';
  }

  private post(message: SessionHostMessage): void {
    void this.view?.webview.postMessage(message);
  }
}
