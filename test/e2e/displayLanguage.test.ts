import assert from 'node:assert/strict';
import { german } from '../host/languagePack';
import { inWindow, openSession, screenshot, type Session } from './support/session';
import { MaskEditor } from './support/maskEditor';
import { chooseInExplorer, notification, openExplorerMenu, searchCommands } from './support/workbench';

suite('VS Code in German', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession({ language: german });
  });
  suiteTeardown(() => session.close());

  test('the Explorer’s menu, the mask editor and its tools are German', () =>
    inWindow(session, {}, 'german', async ({ page }) => {
      const entry = await openExplorerMenu(page, 'shapes.png', 'Bild segmentieren');
      await page.locator('.monaco-menu .action-item', { hasText: 'Pfad kopieren' }).waitFor(); // VS Code's own
      await screenshot(page, 'german-menu');
      await entry.click();
      const editor = new MaskEditor(page);
      await editor.button('Erneut segmentieren').waitFor({ timeout: 60_000 });
      assert.equal(await editor.frame.locator('html').getAttribute('lang'), 'de');
      await editor.frame.getByRole('radio', { name: 'Pinsel', exact: true }).click();
      await editor.frame.getByLabel('Granularität', { exact: true }).waitFor();
      assert.match(await editor.frame.locator('.side h2').innerText(), /^\d+ Labels?$/);
      await screenshot(page, 'german-editor');
    }));

  test('commands and notifications are German', () =>
    inWindow(session, {}, 'german-commands', async ({ page }) => {
      await openExplorerMenu(page, 'batch', 'Bild segmentieren'); // the commands are there from now on
      await page.keyboard.press('Escape');
      const commands = await searchCommands(page, 'Labelless');
      await commands.filter({ hasText: 'Labelless: Bild segmentieren' }).waitFor();
      await screenshot(page, 'german-commands');
      await page.keyboard.press('Escape');
      await chooseInExplorer(page, 'batch', 'Bild segmentieren');
      await notification(page, '3 Bilder segmentiert').waitFor({ timeout: 60_000 });
      await screenshot(page, 'german-notification');
    }));
});
