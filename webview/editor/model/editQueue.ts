import type { EditRequest } from '../../../mask/document/editRequests';
import type { EditorPageMessage } from '../../../protocol/editorPage';

/** An edit to ask for. */
export interface Wish {
  /**
   * Makes the request when its turn has come, since edits before it may change what labels are called; null leaves it
   * out.
   */
  request(): EditRequest | null;
  /** It has been made or refused, and the mask after it is shown. */
  done?(): void;
}

/** Asks the host for one edit at a time: what one names, the one before it may have changed. */
export class EditQueue {
  private readonly waiting: Wish[] = [];
  private current: { id: number; wish: Wish } | null = null;
  private next = 1;

  constructor(private readonly post: (message: EditorPageMessage) => void) {}

  ask(wish: Wish): void {
    this.waiting.push(wish);
    this.advance();
  }

  answered(id: number): void {
    if (this.current?.id !== id) return;
    const { wish } = this.current;
    this.current = null;
    wish.done?.();
    this.advance();
  }

  private advance(): void {
    while (!this.current && this.waiting.length > 0) {
      const wish = this.waiting.shift()!;
      const edit = wish.request();
      if (edit) {
        this.current = { id: this.next++, wish };
        this.post({ type: 'edit', edit, id: this.current.id });
      } else wish.done?.();
    }
  }
}
