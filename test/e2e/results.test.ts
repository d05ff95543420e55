import assert from 'node:assert/strict';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseInExplorer, chooseInSubmenu, explorerRow } from './support/explorer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { until } from '../support/until';
import { answerNotification, isDirty, notification, reloadWindow } from './support/workbench';

suite('results of a batch', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('are shown side by side, after a reload of the window too, opened by a click, compared with the picture, and drawn as a figure', () =>
    inWindow(session, {}, 'results', async ({ page, folder }) => {
      await chooseInExplorer(page, 'batch', 'Segment Images');
      const message = notification(page, '3 images segmented');
      await message.waitFor({ timeout: 60_000 });
      await answerNotification(message, 'Show Results');
      const gallery = new MaskEditor(page).frame;
      await gallery.locator('.card img').nth(2).waitFor({ timeout: 30_000 });
      assert.equal(await gallery.locator('.card img').count(), 3);
      assert.match(
        (await gallery.locator('.card').allInnerTexts()).join(' '),
        /picture 2\.png\s+\d+ regions?\s+Uncertainty [\d.]+ %.*picture 4\.png\s+\d+ regions?/s,
      );
      await gallery.getByLabel('Order').selectOption('Most Uncertain');
      await screenshot(page, 'results');
      await reloadWindow(page);
      await gallery.locator('.card img').nth(2).waitFor({ timeout: 60_000 });
      assert.equal(await gallery.locator('.card img').count(), 3);
      assert.equal(await gallery.getByLabel('Order').inputValue(), 'uncertainty');

      await gallery.getByRole('option', { name: /^picture 3\.png/ }).click();
      const editor = new MaskEditor(page);
      await editor.finished();
      await editor.frame.getByRole('button', { name: 'Compare With…' }).click();
      await page.getByPlaceholder('Compare the mask of picture 3.png with').waitFor();
      await page.keyboard.press('Enter'); // the first choice: the picture
      const divider = editor.frame.getByRole('slider', { name: 'Divider of the comparison' });
      await divider.waitFor();
      await divider.press('PageDown');
      assert.equal(await divider.getAttribute('aria-valuenow'), '40');
      await screenshot(page, 'compared');
      await editor.frame.getByRole('button', { name: 'Stop Comparing' }).click();
      await divider.waitFor({ state: 'hidden' });
      assert.ok(!(await isDirty(page, 'picture 3.png')), 'looking is no edit');

      await chooseInSubmenu(page, 'batch', 'Save Figure…');
      await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      const figure = path.join(folder, 'batch', 'picture 2.figure.png');
      await until('the figure is written', () => existsSync(figure));
      await notification(page, 'Saved picture 2.figure.png').waitFor();
      copyFileSync(figure, path.resolve('out', 'screenshots', 'figure.png'));
    }));

  test('lie under their photos in the Explorer, unless the user turns that off', () =>
    inWindow(
      session,
      {
        prepare: folder => {
          for (const seed of [2, 3, 4])
            for (const ending of ['mask.png', 'mask.json', 'overlay.png'])
              writeFileSync(path.join(folder, 'batch', `picture ${seed}.${ending}`), ''); // names are all that counts
        },
      },
      'nesting',
      async ({ page, folder }) => {
        const names = page.locator('.explorer-folders-view .monaco-list-row .label-name');
        const shown = async () => (await names.allInnerTexts()).filter(name => name.startsWith('picture'));
        const photo = explorerRow(page, 'picture 3.png');
        await explorerRow(page, 'batch').click();
        await until('only photos are shown', async () => (await shown()).length === 3);
        assert.deepEqual(await shown(), ['picture 2.png', 'picture 3.png', 'picture 4.png']);
        await screenshot(page, 'nested');

        await photo.locator('.monaco-tl-twistie').click();
        const own = ['picture 3.mask.json', 'picture 3.mask.png', 'picture 3.overlay.png'];
        await explorerRow(page, own[2]).waitFor();
        assert.deepEqual(await shown(), ['picture 2.png', 'picture 3.png', ...own, 'picture 4.png']);
        await screenshot(page, 'nested-open');

        const off = JSON.stringify({ 'explorer.fileNesting.enabled': false });
        writeFileSync(path.join(folder, '.vscode', 'settings.json'), off);
        await until('each file has a row of its own', async () => (await shown()).length === 12);
      },
    ));
});
