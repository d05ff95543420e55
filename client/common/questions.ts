import * as vscode from 'vscode';

// An image editor that has just opened, saved or changed takes the keyboard focus, at which VS Code would close a
// question that is open above it, unanswered. So questions stay until they are answered or the user presses Escape.
const stays = { ignoreFocusOut: true } as const;

/** Lets the user choose one of several items; undefined where none is chosen. */
export function choose<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Thenable<readonly Item[]>,
  options: vscode.QuickPickOptions,
): Thenable<Item | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...stays });
}

/** Lets the user choose several items; undefined where the question is left unanswered. */
export function chooseSeveral<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  options: vscode.QuickPickOptions,
): Thenable<Item[] | undefined> {
  return vscode.window.showQuickPick(items, { ...options, ...stays, canPickMany: true });
}

/** Lets the user type a text; undefined where the question is left unanswered. */
export function askForText(options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({ ...options, ...stays });
}
