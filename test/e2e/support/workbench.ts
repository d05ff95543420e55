import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/until';
import type { MaskEditor } from './maskEditor';

/**
 * Clicks an item until what its click brings about is seen. Menus and lists ignore the mouse in their first moments,
 * which last longer on a busy machine.
 */
export async function clickUntil(item: Locator, outcome: Locator, state: 'visible' | 'hidden'): Promise<void> {
  const seen = (timeout: number) =>
    outcome
      .first()
      .waitFor({ state, timeout })
      .then(
        () => true,
        () => false,
      );
  for (let attempt = 1; attempt <= 10; attempt++) {
    await item.click({ timeout: 3000 }).catch(() => undefined); // gone by now where an earlier click took effect late
    if (await seen(3000)) return;
  }
  await outcome.first().waitFor({ state });
}

/** Whether the tab of an open editor shows unsaved changes. */
export async function isDirty(page: Page, name: string): Promise<boolean> {
  return page.locator('.tabs-container .tab.dirty', { hasText: name }).isVisible();
}

/** Presses a key while the mask editor has the keyboard focus. */
export async function pressInEditor(editor: MaskEditor, keys: string): Promise<void> {
  await editor.stage.focus();
  await editor.page.keyboard.press(keys);
}

/** Opens the Command Palette, types into it, and returns the list of commands that it offers. */
export async function searchCommands(page: Page, typed: string): Promise<Locator> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget').waitFor();
  await page.keyboard.type(typed);
  return page.locator('.quick-input-list .monaco-list-row');
}

/** Chooses a command in the Command Palette, which does not know it in the first moments of a window. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await until(`${title} is found`, async () => {
    const rows = await searchCommands(page, title);
    const isFirst = await until(
      'it is the first',
      async () => (await rows.first().innerText()).startsWith(title),
      5000,
    ).then(
      () => true,
      () => false,
    );
    await page.keyboard.press(isFirst ? 'Enter' : 'Escape');
    return isFirst;
  });
}

/**
 * Types a path into VS Code's own file dialogue, which looks at the disk before it takes it, and at first writes its
 * own into the box.
 * @param button the text of the button that ends it
 */
export async function answerFileDialogue(page: Page, file: string, button: string): Promise<void> {
  const dialogue = page.locator('.quick-input-widget');
  const input = dialogue.locator('input').first();
  await until('the dialogue takes the path', async () => {
    if (!(await dialogue.isVisible())) return true;
    await input.fill(file);
    await page.waitForTimeout(1000);
    if ((await input.inputValue()) !== file) return false;
    await dialogue.getByRole('button', { name: button }).click();
    return dialogue.waitFor({ state: 'hidden', timeout: 3000 }).then(
      () => true,
      () => false,
    );
  });
}

/**
 * Reloads a window, some seconds later: what VS Code keeps in the browser's storage, such as which editors are open and
 * which backup is whose, is written every five seconds.
 */
export async function reloadWindow(page: Page): Promise<void> {
  await page.waitForTimeout(6000);
  await page.reload();
}

/** A notification that VS Code shows. */
export function notification(page: Page, text: string): Locator {
  return page.locator('.notifications-toasts .notification-toast', { hasText: text });
}

/** Presses a button of a notification until that has closed: it slides when one below it closes, past the mouse. */
export function answerNotification(shown: Locator, button: string): Promise<void> {
  return clickUntil(shown.getByRole('button', { name: button }), shown, 'hidden');
}
