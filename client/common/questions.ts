import * as vscode from 'vscode';

// An image editor that has just opened, saved or changed takes the keyboard focus, at which VS Code would close a
// question that is open above it, unanswered. So questions stay until they are answered or the user presses Escape.
const stays = { ignoreFocusOut: true } as const;

/**
 * Milliseconds for which a question stays after its answer, unless the next one takes its place. Without them VS Code
 * gives the focus back to the editor in between, and a page takes it so late that the next question would lose it.
 */
const stayingMilliseconds = 200;

type ChoiceOptions = Pick<vscode.QuickPickOptions, 'title' | 'placeHolder' | 'matchOnDetail'>;

/** Lets the user choose one of several items; undefined where none is chosen. @throws what finding the items throws */
export async function choose<Item extends vscode.QuickPickItem>(
  items: readonly Item[] | Promise<readonly Item[]>,
  { title, placeHolder, matchOnDetail = false }: ChoiceOptions,
): Promise<Item | undefined> {
  const question = vscode.window.createQuickPick<Item>();
  Object.assign(question, { title, placeholder: placeHolder, matchOnDetail, busy: true, ...stays });
  question.show();
  const answer = answerOf(question);
  try {
    question.items = await items;
    question.busy = false;
  } catch (error) {
    question.dispose();
    throw error;
  }
  return answer;
}

function answerOf<Item extends vscode.QuickPickItem>(question: vscode.QuickPick<Item>): Promise<Item | undefined> {
  return new Promise(resolve => {
    question.onDidAccept(() => {
      const [item] = question.selectedItems;
      if (item === undefined) return;
      question.enabled = false;
      setTimeout(() => {
        question.dispose();
      }, stayingMilliseconds);
      resolve(item);
    });
    question.onDidHide(() => {
      question.dispose();
      resolve(undefined); // of no effect where it was answered
    });
  });
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
