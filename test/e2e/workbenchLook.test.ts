import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { classesText } from '../../server/src/engine/classes/testing/classedFolder';
import { chooseInExplorer, openExplorerMenu } from './support/explorer';
import { MaskEditor, sessionList } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { notification, searchCommands } from './support/workbench';
import { german } from '../host/languagePack';

const themes = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Default High Contrast' };
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

suite('the whole window in each kind of theme', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  for (const [name, theme] of Object.entries(themes)) {
    test(`${name}: the picture, all controls and the session's list are in sight at both sizes`, () => {
      const prepare = (folder: string) => {
        writeFileSync(path.join(folder, 'batch', 'labelless.classes.json'), classesText);
      };
      return inWindow(session, { settings: { 'workbench.colorTheme': theme }, prepare }, name, async ({ page }) => {
        await chooseInExplorer(page, 'batch', 'Label This Folder');
        const editor = new MaskEditor(page);
        const list = sessionList(page);
        await list.getByText('0 of 3 approved').waitFor({ timeout: 60_000 });
        await editor.finished();
        const car = editor.frame.getByRole('option', { name: 'car' });
        await car.waitFor();
        assert.match((await editor.frame.locator('body').getAttribute('class')) ?? '', new RegExp(`vscode-${name}`));
        for (const size of sizes) {
          await page.setViewportSize(size);
          await page.waitForTimeout(500);
          await screenshot(page, `window-${name}-${size.width}`);
          const images = list.getByRole('listbox', { name: 'Images' });
          for (const control of [editor.stage, editor.granularity, editor.button('Segment Again'), car, images]) {
            const box = await control.boundingBox();
            assert.ok(
              box && box.width > 20 && box.x >= 0 && box.x + box.width <= size.width,
              `out of sight: ${JSON.stringify(box)}`,
            );
          }
        }
      });
    });
  }
});

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
      await openExplorerMenu(page, 'batch', 'Bilder segmentieren'); // the commands are there from now on
      await page.keyboard.press('Escape');
      const commands = await searchCommands(page, 'Labelless');
      await commands.filter({ hasText: 'Labelless: Bild segmentieren' }).waitFor();
      await screenshot(page, 'german-commands');
      await page.keyboard.press('Escape');
      await chooseInExplorer(page, 'batch', 'Bilder segmentieren');
      await notification(page, '3 Bilder segmentiert').waitFor({ timeout: 60_000 });
      await screenshot(page, 'german-notification');
    }));
});
