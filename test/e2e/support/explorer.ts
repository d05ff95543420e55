import type { Locator, Page } from 'playwright-core';
import { until } from '../../support/until';
import { clickUntil } from './workbench';

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
      if (!(await isFocused(page, name))) throw new Error(`The menu of ${name} did not open, but one beside it.`);
      return entry;
    } catch (error) {
      if (attempt === 20) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Whether an Explorer row is the one that was clicked last: rows move while files come, past the mouse. */
async function isFocused(page: Page, name: string): Promise<boolean> {
  return (await explorerRow(page, name).and(page.locator('.focused')).count()) > 0;
}

/** Right-clicks an Explorer row and chooses an item of its menu. */
export async function chooseInExplorer(page: Page, name: string, item: string, select?: Select): Promise<void> {
  await clickUntil(await openExplorerMenu(page, name, item, select), page.locator('.monaco-menu'), 'hidden');
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
