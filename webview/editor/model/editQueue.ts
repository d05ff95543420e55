import type { EditRequest } from '../../../mask/document/editRequests';
import type { EditorPageMessage } from '../../../protocol/editorPage';

/** An edit of the mask that waits for its turn. */
export interface QueuedEdit {
  /**
   * Makes the request when its turn has come, since the edits before it may have changed the values of labels; null
   * skips the edit.
   */
  request(): EditRequest | null;
  /** Called when the host has made or refused the edit, with the resulting mask shown, or when the edit was skipped. */
  onDone?(): void;
}

/** Sends edits to the host one at a time, since each may change the label values that the next one refers to. */
export class EditQueue {
  private readonly waiting: QueuedEdit[] = [];
  private current: { readonly id: number; readonly edit: QueuedEdit } | null = null;
  private nextId = 1;

  constructor(private readonly post: (message: EditorPageMessage) => void) {}

  add(edit: QueuedEdit): void {
    this.waiting.push(edit);
    this.advance();
  }

  /** Ends the edit that the host answered; answers to other ids are ignored. */
  handleAnswer(id: number): void {
    if (this.current?.id !== id) return;
    const { edit } = this.current;
    this.current = null;
    edit.onDone?.();
    this.advance();
  }

  /** Tells the host when the edits so far have been answered. */
  finish(id: number): void {
    this.add({
      request: () => {
        this.post({ type: 'editsMade', id });
        return null;
      },
    });
  }

  private advance(): void {
    for (let edit = this.take(); edit; edit = this.take()) {
      const request = edit.request();
      if (!request) {
        edit.onDone?.();
        continue;
      }
      const id = this.nextId++;
      this.current = { id, edit };
      this.post({ type: 'edit', edit: request, id });
    }
  }

  private take(): QueuedEdit | undefined {
    return this.current ? undefined : this.waiting.shift();
  }
}
