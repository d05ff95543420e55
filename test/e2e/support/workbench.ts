import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/until';
import type { MaskEditor } from './maskEditor';

/** A row of the Explorer by its file name. */
export function explorerRow(page: Page, name: string): Locator {
  return page.locator('.explorer-folders-view .monaco-list-row').filter({ has: page.getByText(name, { exact: true }) });
}

/** Selects rows of the Explorer. */
type Select = () => Promise<void>;

const asSelected: Select = () => Promise.resolve();

/**
 * Right-clicks an Explorer row until its menu has an item, and returns the item.
 * @param select selects the rows that the menu is to be of, before every attempt: closing a menu, or one that did not
 * open in time, ends a selection of several
 */
export async function openExplorerMenu(page: Page, name: string, item: string, select = asSelected): Promise<Locator> {
  const entry = page.locator('.monaco-menu .action-item', { hasText: item });
  // Contributed items join the menu only once the extension is registered, some seconds after the rows: open it again
  // until then.
  for (let attempt = 1; ; attempt++) {
    await select();
    await explorerRow(page, name).click({ button: 'right' });
    try {
      await entry.waitFor({ timeout: 1500 });
      await page.waitForTimeout(250); // a menu ignores the mouse in its first moments
      return entry;
    } catch (error) {
      if (attempt === 20) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Right-clicks an Explorer row and chooses an item of its menu. */
export async function chooseInExplorer(page: Page, name: string, item: string, select?: Select): Promise<void> {
  await clickUntil(await openExplorerMenu(page, name, item, select), page.locator('.monaco-menu'), 'hidden');
}

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

/** The Explorer leaves the selection as it is when the file that was clicked first has opened. */
export const keepsSelection = { 'explorer.autoReveal': false };

/**
 * Opens a folder of the Explorer, and returns what selects two files in it, in a window whose settings have
 * {@link keepsSelection}.
 */
export async function selectionOfTwo(page: Page, folder: string, first: string, second: string): Promise<Select> {
  await openExplorerMenu(page, folder, 'Segment Images');
  await page.keyboard.press('Escape');
  await explorerRow(page, folder).click();
  return async () => {
    await explorerRow(page, first).click();
    await explorerRow(page, second).click({ modifiers: ['ControlOrMeta'] });
    await until('both rows are selected', async () => (await page.locator(selectedRows).count()) === 2);
  };
}

const selectedRows = '.explorer-folders-view .monaco-list-row.selected';

/** Chooses an item of the submenu *Labelless* of an Explorer row's menu. */
export async function chooseInSubmenu(page: Page, name: string, item: string, select?: Select): Promise<void> {
  const entry = page.locator('.monaco-submenu .action-item', { hasText: item });
  await clickUntil(await openExplorerMenu(page, name, 'Labelless', select), entry, 'visible');
  await clickUntil(entry, page.locator('.monaco-menu'), 'hidden');
}

/**
 * Opens an image of the Explorer in VS Code's own preview. While that is not registered yet, in the first seconds of a
 * window, VS Code takes the image for text: it is closed and opened again until then.
 * @param picture what the preview shows
 */
export async function openPreview(page: Page, name: string, picture: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await explorerRow(page, name).dblclick();
    await page.locator('.tab.active', { hasText: name }).waitFor();
    try {
      await picture.waitFor({ timeout: 10_000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      const close = page.locator('.tab.active .codicon-close');
      await close.click({ timeout: 3000 }).catch(() => undefined); // a second double-click shows what is still open
    }
  }
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
