import * as vscode from 'vscode';
import type { PictureDisplay } from '../../protocol/pictureDisplay';

/** How all pictures of this window are displayed, where a user wants them alike. */
export class SharedDisplay {
  private display: PictureDisplay | null = null;
  private readonly changed = new vscode.EventEmitter<unknown>();

  /** The display of all pictures; null where each page has its own. */
  get value(): PictureDisplay | null {
    return this.display;
  }

  /** Calls `listener` after a change, with who made it. */
  readonly onChange = this.changed.event;

  /** @param by who makes the change, and has it already */
  set(display: PictureDisplay | null, by: unknown): void {
    if (display === null && this.display === null) return;
    this.display = display;
    this.changed.fire(by);
  }
}
