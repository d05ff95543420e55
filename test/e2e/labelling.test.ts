import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../support/until';
import { picturePng } from '../support/workspace';
import { chooseInExplorer } from './support/explorer';
import { MaskEditor, sessionList } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { pressInEditor, reloadWindow, searchCommands } from './support/workbench';

/** The status in the sidecar of an image's mask; undefined where there is none. */
function statusOf(folder: string, stem: string): unknown {
  try {
    return (JSON.parse(readFileSync(path.join(folder, 'batch', `${stem}.mask.json`), 'utf8')) as { status: unknown })
      .status;
  } catch {
    return undefined;
  }
}

async function activeTab(page: Page): Promise<string> {
  return (await page.locator('.tabs-container .tab.active').first().getAttribute('aria-label')) ?? '';
}

suite('labelling a folder', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('four images by keyboard: approve, skip, step back, and the same place after a reload', () =>
    inWindow(
      session,
      {
        width: 1440,
        height: 900,
        prepare: folder => {
          writeFileSync(path.join(folder, 'batch', 'picture 10.png'), picturePng(120, 90, 6));
        },
      },
      'labelling',
      async ({ page, folder }) => {
        const editor = new MaskEditor(page);
        const list = sessionList(page);
        const isAt = (name: string) => until(`${name} is open`, async () => (await activeTab(page)).startsWith(name));

        await chooseInExplorer(page, 'batch', 'Label This Folder');
        await list.getByText('0 of 4 approved').waitFor({ timeout: 60_000 });
        await isAt('picture 2.png');
        await editor.finished();
        await pressInEditor(editor, 'Shift+Alt+Y');
        await isAt('picture 3.png');
        await until('the approval is saved', () => statusOf(folder, 'picture 2') === 'approved');
        await list.getByText('1 of 4 approved').waitFor();
        await editor.finished();
        await pressInEditor(editor, 'Shift+Alt+Z');
        await isAt('picture 4.png');
        await until('the skipping is saved', () => statusOf(folder, 'picture 3') === 'skipped');
        await editor.finished();
        await until('one tab at a time', async () => (await page.locator('.tabs-container .tab').count()) === 1);
        await pressInEditor(editor, 'Shift+Alt+B');
        await isAt('picture 3.png');
        await until('the mask is saved on the way', () => statusOf(folder, 'picture 4') === 'proposed');
        await editor.finished();
        await pressInEditor(editor, 'Shift+Alt+J');
        await isAt('picture 4.png');
        await editor.finished();
        await screenshot(page, 'labelling-1440');
        await page.setViewportSize({ width: 900, height: 700 });
        await screenshot(page, 'labelling-900');

        await reloadWindow(page);
        await list.getByText('1 of 4 approved').waitFor({ timeout: 60_000 });
        assert.match(
          (await list.locator('[aria-selected=true]').getAttribute('aria-label')) ?? '',
          /^picture 4\.png, Proposed/,
        );
        await isAt('picture 4.png');
        await editor.finished();
        await pressInEditor(editor, 'Shift+Alt+Y');
        await isAt('picture 10.png');
        await until('the approval is saved', () => statusOf(folder, 'picture 4') === 'approved');

        await (await searchCommands(page, 'Labelless: Show Gallery')).first().waitFor();
        await page.keyboard.press('Enter');
        const gallery = editor.frame;
        await gallery.getByText('2 of 4 approved').waitFor();
        await gallery.locator('.card img').nth(3).waitFor({ timeout: 30_000 }); // also that of the image without a mask
        await screenshot(page, 'labelling-gallery');
        await gallery.getByRole('button', { name: 'Approved: 2' }).click();
        await list.getByText('2 of 4 images').waitFor();
        await gallery.getByRole('option', { name: /^picture 2\.png/ }).click();
        await isAt('picture 2.png');
      },
    ));
});
