import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { classesText, writeClassedMask } from '../../server/src/engine/classes/testing/classedFolder';
import { until } from '../support/until';
import { picturePng } from '../support/workspace';
import { chooseInSubmenu } from './support/explorer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { answerNotification, clickUntil, isDirty, notification, pressInEditor } from './support/workbench';

suite('changing a class', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('in all masks: what is unsaved is saved first, the user is asked, and it is undone', () =>
    inWindow(
      session,
      {
        prepare: folder => {
          writeFileSync(path.join(folder, 'labelless.classes.json'), classesText);
          const size = { width: 64, height: 48, content: picturePng(64, 48, 3) };
          writeClassedMask(path.join(folder, 'one.png'), [1, 4], size);
          writeClassedMask(path.join(folder, 'two.png'), [4], size);
        },
      },
      'changing a class',
      async ({ page, folder }) => {
        const sidecar = (stem: string) => readFileSync(path.join(folder, `${stem}.mask.json`), 'utf8');
        const uses = (stem: string, name: string) => sidecar(stem).includes(`"name": "${name}"`);
        const row = page.locator('.quick-input-list .monaco-list-row');
        const dialog = page.locator('.monaco-dialog-box');
        const choose = async (text: string) => {
          await row.filter({ hasText: text }).first().waitFor();
          await page.keyboard.type(text);
          await page.waitForTimeout(300);
          await page.keyboard.press('Enter');
        };

        await chooseInSubmenu(page, 'one.png', 'Open in Mask Editor');
        const editor = new MaskEditor(page);
        await editor.frame.locator('.side [role=row]', { hasText: 'road' }).first().click();
        await pressInEditor(editor, 'k');
        await until('the edit is there', () => isDirty(page, 'one.png'));

        const menu = page.locator('.monaco-menu .action-item', { hasText: 'Merge Class into…' });
        await editor.frame.getByRole('option', { name: 'car', exact: true }).click({ button: 'right' });
        await clickUntil(menu, page.locator('.monaco-menu'), 'hidden');
        await dialog.getByText('unsaved changes').waitFor();
        await dialog.getByRole('button', { name: 'Save and Go On' }).click();
        await choose('road');
        await dialog.getByText('Merge ‘car’ into ‘road’?').waitFor();
        await screenshot(page, 'change-class');
        await dialog.getByRole('button', { name: 'Merge' }).click();
        const done = notification(page, '‘car’ is merged into ‘road’. Masks changed: 2.');
        await done.waitFor();
        assert.ok(!uses('one', 'car') && !uses('two', 'car'));
        assert.ok(!readFileSync(path.join(folder, 'labelless.classes.json'), 'utf8').includes('car'));
        await editor.frame.getByText('car', { exact: true }).first().waitFor({ state: 'detached' });
        await answerNotification(done, 'Undo');
        await until('the change is taken back', () => uses('one', 'car') && uses('two', 'car'));
        await editor.frame.locator('.side [role=row]', { hasText: 'car' }).first().waitFor();
      },
    ));
});
