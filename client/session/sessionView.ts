import * as vscode from 'vscode';
import type { LearningAction, LearningShown } from '../../protocol/learningShown';
import { parseSessionPageMessage, type SessionHostMessage } from '../../protocol/sessionPage';
import { nameOf } from '../common/maskLocations';
import { pageHtml, pageRoot } from '../common/pageHtml';
import { reportError } from '../common/report';
import type { SetChange } from './imageSet';
import type { LabellingSession } from './labellingSession';
import { changeOfSet, wholeSet } from './listMessages';

/** What the user asks for in the list. */
export interface SessionViewActions {
  labelFolder(): void;
  open(path: string): void;
  learning(action: LearningAction): void;
}

/** The list of a session's images in the side bar, or an offer to begin a session. */
export class SessionView {
  private view: vscode.WebviewView | undefined;
  private session: LabellingSession | undefined;
  private learning: LearningShown = { phase: 'none' };

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

  /** Shows what is learned from the masks of the session. */
  showLearning(learning: LearningShown): void {
    this.learning = learning;
    this.post({ type: 'learning', learning });
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
      case 'learning':
        this.actions.learning(message.action);
        break;
      case 'open':
        if (this.session?.indexOf(message.path) !== undefined) this.actions.open(message.path);
        break;
      case 'listView':
        this.session?.setView(message.view, this);
        break;
    }
  }

  private draw(session: LabellingSession, change: SetChange): void {
    const message = changeOfSet(session, change, this);
    if (message) this.post(message);
  }

  private drawAll(): void {
    const { session } = this;
    this.label();
    this.post(session ? wholeSet(session) : { type: 'noSession' });
    this.post({ type: 'learning', learning: this.learning });
  }

  /** Names the folder beside the view's title. */
  private label(): void {
    if (this.view) this.view.description = this.session ? nameOf(this.session.folder) : '';
  }

  private post(message: SessionHostMessage): void {
    void this.view?.webview.postMessage(message);
  }
}
