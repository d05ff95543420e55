import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openExplorerMenu } from '../../test/e2e/support/explorer';
import { MaskEditor } from '../../test/e2e/support/maskEditor';
import { openSession, openWindow } from '../../test/e2e/support/vscodeSession';
import { searchCommands } from '../../test/e2e/support/workbench';

/**
 * The packaged extension in a real VS Code window, as a user waits for it: prints JSON of milliseconds.
 * `node bench/bundle.mjs browser/windowSpeed PICTURE PICTURE`, from the
 * repository's folder and behind `npm run package`.
 */
async function main(pictures: readonly string[]): Promise<void> {
  const names = pictures.map((picture, index) => `picture-${index}${path.extname(picture)}`);
  const session = await openSession();
  try {
    const window = await openWindow(session, {
      prepare: folder => {
        pictures.forEach((picture, index) => {
          copyFileSync(picture, path.join(folder, names[index]));
        });
      },
    });
    await window.page.waitForTimeout(5000); // VS Code starts its own extensions meanwhile
    const cold = await fromMenu(window.page, names[0]);
    const warm = await fromMenu(window.page, names[1]);
    const again = await fromButton(new MaskEditor(window.page));
    console.log(JSON.stringify({ cold, warm, again, activation: await activation(window.page) }));
    await window.close();
  } finally {
    await session.close();
  }
}

/** From the click on the Explorer's menu item to the first mask: on the first call nothing of Labelless runs yet. */
async function fromMenu(page: Page, name: string): Promise<number> {
  const item = await openExplorerMenu(page, name, 'Segment Image');
  // the menu is complete from now on; the click below is on one that has just opened
  await page.keyboard.press('Escape');
  await openExplorerMenu(page, name, 'Segment Image');
  const editor = new MaskEditor(page);
  // The last picture's page stays in sight until the next one's is there.
  for (const old of page.frames())
    await old.evaluate(() => {
      document.body.dataset.old = '';
    });
  const start = performance.now();
  await item.click();
  await editor.frame
    .locator('body:not([data-old])')
    .getByText(/^\d+ regions?$/)
    .first()
    .waitFor({ timeout: 60_000 });
  const milliseconds = performance.now() - start;
  await editor.finished();
  return milliseconds;
}

/** From the click on *Segment Again* to the first preview of the new run. */
async function fromButton(editor: MaskEditor): Promise<number> {
  const start = performance.now();
  await editor.button('Segment Again').click();
  await editor.frame
    .locator('.run')
    .getByText(/regions/)
    .waitFor();
  const milliseconds = performance.now() - start;
  await editor.finished();
  return milliseconds;
}

/** How long the extension took to start, as VS Code measured it. */
async function activation(page: Page): Promise<number> {
  // a webview would keep the key to itself
  await page.locator('.explorer-folders-view').click({ position: { x: 20, y: 300 } });
  const commands = await searchCommands(page, 'Show Running Extensions');
  await commands.filter({ hasText: 'Show Running Extensions' }).first().click();
  const list = page.locator('.runtime-extensions-editor');
  await list.locator('.monaco-list-row').first().click();
  await page.keyboard.press('End'); // the slowest come first, and only rows in sight exist
  const text = await list
    .locator('.monaco-list-row', { hasText: 'Labelless' })
    .getByText(/Activation: \d+ms/)
    .innerText();
  return Number(/(\d+)ms/.exec(text)?.[1]);
}

void main(process.argv.slice(2));
