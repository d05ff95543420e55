import * as vscode from 'vscode';
import { ImageDocument, type UndoableStep } from '../../client/editor/imageDocument';

/** The document of a mask editor with VS Code's part in editing it: the stack of steps for undo and redo. */
export class EditedDocument {
  readonly document: ImageDocument;
  private readonly done: UndoableStep[] = [];
  private readonly undone: UndoableStep[] = [];

  constructor(file: string) {
    const uri = vscode.Uri.file(file);
    this.document = new ImageDocument(uri, { mask: uri, sidecar: uri });
    this.document.onStep(step => {
      this.done.push(step);
      this.undone.length = 0;
    });
  }

  /** The number of steps that can be undone. */
  get depth(): number {
    return this.done.length;
  }

  undo(): void {
    this.move(this.done, this.undone).undo();
  }

  redo(): void {
    this.move(this.undone, this.done).redo();
  }

  private move(from: UndoableStep[], to: UndoableStep[]): UndoableStep {
    const step = from.pop();
    if (!step) throw new Error('There is no step to undo or redo.');
    to.push(step);
    return step;
  }
}
