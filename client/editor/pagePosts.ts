import type { Webview } from 'vscode';
import type { EditorHostMessage, EditorHostPost } from '../../protocol/editorPage';

/** Posts messages to a page of the mask editor. Those of one turn go together, since each post takes its time. */
export class PagePosts {
  private unsent: EditorHostMessage[] = [];
  private posts = 0;
  private isClosed = false;

  constructor(private readonly webview: Webview) {}

  post(message: EditorHostMessage): void {
    this.unsent.push(message);
    if (this.unsent.length > 1) return;
    queueMicrotask(() => {
      const post: EditorHostPost = this.unsent.length === 1 ? message : { type: 'several', messages: this.unsent };
      this.unsent = [];
      this.posts++;
      this.send(post);
    });
  }

  /** Tells the page how many posts there were so far, so that it can say if it did not get them all. */
  tellCount(): void {
    this.send({ type: 'sent', posts: this.posts });
  }

  /** Ends all posting: the page is gone. */
  close(): void {
    this.isClosed = true;
  }

  private send(post: EditorHostPost): void {
    if (!this.isClosed) void this.webview.postMessage(post);
  }
}
