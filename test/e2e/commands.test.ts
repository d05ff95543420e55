import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { chooseInExplorer, explorerRow } from './support/explorer';
import { isOn, MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { until } from '../support/until';
import { clickUntil, isDirty, pressInEditor, searchCommands } from './support/workbench';

/** Titles that the Command Palette offers for something typed. */
async function offered(page: Page, typed: string): Promise<string[]> {
  const rows = await searchCommands(page, typed);
  await page.waitForTimeout(500); // the list follows the typing
  return rows.locator('.label-name').allInnerTexts();
}

async function runOnlyCommand(page: Page, title: string): Promise<void> {
  assert.deepEqual(
    (await offered(page, title)).filter(name => name === title),
    [title],
  );
  await page.keyboard.press('Enter');
}

suite('the mask editor’s actions as commands of VS Code', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('are in the palette where they fit, have keybindings and a context menu, and act once', () =>
    inWindow(
      session,
      {
        prepare: folder => {
          writeFileSync(path.join(folder, 'notes.txt'), 'notes');
        },
      },
      'commands',
      async ({ page, folder }) => {
        await chooseInExplorer(page, 'shapes.png', 'Segment Image');
        const editor = new MaskEditor(page);
        await editor.finished();
        const tool = (name: string) => editor.frame.getByRole('radio', { name, exact: true, checked: true });
        const outlines = (): Promise<boolean> => isOn(editor.frame.locator('vscode-toolbar-button[label=Outlines]'));

        await editor.stage.focus();
        await runOnlyCommand(page, 'Labelless: Brush Tool');
        await tool('Brush').waitFor();
        await pressInEditor(editor, 'e');
        await tool('Eraser').waitFor();

        await pressInEditor(editor, 'Shift+Alt+P');
        await page.keyboard.press('p');
        await tool('Polygon').waitFor();
        assert.ok(await outlines());
        await pressInEditor(editor, 'Shift+Alt+P');
        await page.keyboard.press('o');
        await until('the outlines are off', async () => !(await outlines()));
        await page.waitForTimeout(300);
        assert.ok(!(await outlines()), 'and were turned once');

        await pressInEditor(editor, 'v');
        const box = (await editor.stage.boundingBox())!;
        const before = (await editor.labels()).length;
        const entry = (title: string) => page.locator('.monaco-menu .action-item', { hasText: title });
        await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
        await entry('Delete Selected Labels').waitFor();
        assert.equal(await entry('Merge Selected Labels').count(), 0, 'one alone cannot be merged');
        await screenshot(page, 'context-menu');
        await page.waitForTimeout(250); // a menu ignores the mouse in its first moments
        await entry('Delete Selected Labels').click();
        await until('the label is gone', async () => (await editor.labels()).length === before - 1);
        await pressInEditor(editor, 'ControlOrMeta+z');
        await until('and back', async () => (await editor.labels()).length === before);
        assert.ok(await isDirty(page, 'shapes.png'));

        writeFileSync(path.join(folder, '.vscode', 'settings.json'), '{ "labelless.editor.singleKeys": false }');
        await until('single keys are off', async () => {
          await pressInEditor(editor, 'Shift+Alt+P');
          await page.keyboard.press('v');
          await tool('Select').waitFor();
          await pressInEditor(editor, 'b');
          return await tool('Select').isVisible();
        });

        await pressInEditor(editor, 'ControlOrMeta+s');
        await until('the mask is saved', async () => !(await isDirty(page, 'shapes.png')));
        // Rows move while the Explorer takes in the files that were just saved.
        await clickUntil(
          explorerRow(page, 'notes.txt'),
          page.locator('.tab.active', { hasText: 'notes.txt' }),
          'visible',
        );
        await until('they are gone from the palette', async () => {
          const titles = await offered(page, 'Labelless: Brush');
          await page.keyboard.press('Escape');
          return !titles.some(title => title.includes('Brush'));
        });
      },
    ));
});
