import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import sharp from 'sharp';
import { picturePng } from '../support/workspace';
import { chooseInExplorer, chooseInSubmenu } from './support/explorer';
import { MaskEditor } from './support/maskEditor';
import { findServer, inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { notification } from './support/workbench';

/** A mask beside the workspace's picture, and a picture that no browser decodes. */
async function prepare(folder: string): Promise<void> {
  const made = spawnSync(
    process.execPath,
    [path.resolve('dist', 'cli.js'), 'segment', path.join(folder, 'shapes.png'), path.join(folder, 'batch')],
    { encoding: 'utf8' },
  );
  assert.equal(made.status, 0, made.stderr);
  await sharp(picturePng(80, 60, 3))
    .tiff()
    .toFile(path.join(folder, 'scan.tif'));
}

suite('a workspace in Restricted Mode', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession({ restricted: true });
  });
  suiteTeardown(() => session.close());

  test('shows masks, alone and side by side, says what needs trust, and runs nothing', () =>
    inWindow(session, { prepare }, 'restricted', async ({ page }) => {
      await page.getByText('Restricted Mode').first().waitFor();
      await chooseInSubmenu(page, 'shapes.png', 'Open in Mask Editor');
      const editor = new MaskEditor(page);
      await editor.finished();
      assert.ok((await editor.regions()) > 1);
      await editor.button('Segment Again').click();
      await notification(page, 'needs your trust').waitFor();
      await screenshot(page, 'restricted');
      await chooseInSubmenu(page, 'scan.tif', 'Open in Mask Editor');
      await new MaskEditor(page).frame.getByText('needs a trusted workspace').waitFor();
      await chooseInSubmenu(page, 'batch', 'Save Figure…');
      await notification(page, 'A figure is drawn by a program').waitFor();
      await chooseInSubmenu(page, 'batch', 'Show Results');
      const gallery = new MaskEditor(page).frame;
      await gallery.getByText('the masks alone are shown').waitFor();
      await gallery.locator('.card img').nth(2).waitFor();
      assert.match(
        (await gallery.locator('.card').allInnerTexts()).join(' '),
        /picture 2\.png\s+\d+ regions?\s+Uncertainty \d/,
      );
      await screenshot(page, 'restricted-results');
      assert.equal(findServer(session.host.pid), undefined, 'no server was started');
    }));
});

suite('a picture that no browser decodes', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('a TIFF is shown by way of the server, and segmented', () =>
    inWindow(session, { prepare }, 'tiff', async ({ page }) => {
      await chooseInExplorer(page, 'scan.tif', 'Segment Image');
      const editor = new MaskEditor(page);
      await editor.finished();
      assert.ok((await editor.regions()) > 1);
      await editor.frame.getByText('80 × 60', { exact: true }).waitFor();
      await screenshot(page, 'tiff');
    }));
});
