import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pythonWithReaders } from '../readers/python';
import { chooseInExplorer } from './support/explorer';
import { classAt, height, Labelling, makeStreet, nameOf, width } from './support/labelling';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { runCommand } from './support/workbench';

const pictures = 30;

/**
 * Labels all pictures, and says how long that takes.
 * @param how what it is done with, for people and for the name of a screenshot
 * @param label gives the labels of the picture in sight their classes
 */
async function labelAll(
  labelling: Labelling,
  how: { words: string; screenshot: string },
  label: (index: number) => Promise<void>,
  approve: () => Promise<void>,
): Promise<void> {
  const start = Date.now();
  for (let index = 0; index < pictures; index++) {
    await labelling.at(index);
    await label(index);
    if (index === 14) await screenshot(labelling.page, how.screenshot);
    await approve();
    await labelling.list.getByText(`${index + 1} of ${pictures} approved`).waitFor();
  }
  console.log(`  ${how.words} and ${((Date.now() - start) / pictures / 1000).toFixed(1)} s a picture`);
}

/** Exports what is approved, and asserts that pycocotools finds in it what the pictures show. */
async function exportAndCheck(labelling: Labelling, folder: string): Promise<void> {
  await labelling.exportCoco(folder, pictures);
  const script = path.resolve('test', 'e2e', 'labelledFolder.py');
  const lines = execFileSync(pythonWithReaders(), [script, path.join(folder, 'labelless.coco.json')], {
    encoding: 'utf8',
    maxBuffer: 64e6,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const read = JSON.parse(lines) as { categories: Record<string, number>; classes: Record<string, number[]> };
  assert.deepEqual(read.categories, { sky: 1, ground: 2, disc: 3 });
  for (let index = 0; index < pictures; index++) {
    const wrong = read.classes[nameOf(index)].filter((value, pixel) => value !== classAt(pixel, index)).length;
    assert.ok(wrong < 0.03 * width * height, `${nameOf(index)}: ${wrong} pixels are of another class`);
  }
}

suite('a labelled data set from nothing', function () {
  this.timeout(600_000);
  let session: Session;
  const prepare = (folder: string) => {
    makeStreet(folder, pictures);
  };
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('thirty pictures with the mouse: classes, approval, export', () =>
    inWindow(session, { width: 1440, height: 900, prepare }, 'labelled-mouse', async ({ page, folder }) => {
      const labelling = new Labelling(page);
      const { editor } = labelling;
      await chooseInExplorer(page, 'street', 'Label This Folder');
      await page.locator('.tab.active', { hasText: nameOf(0) }).waitFor({ timeout: 60_000 });
      await editor.finished();
      await labelling.makeClasses();
      const how = { words: 'with the mouse: 8 clicks', screenshot: 'labelled-mouse' };
      const label = (index: number) => labelling.labelWithMouse(index);
      await labelAll(labelling, how, label, () => labelling.approve());
      await exportAndCheck(labelling, folder);
    }));

  test('thirty pictures by keyboard alone', () =>
    inWindow(session, { width: 1440, height: 900, prepare }, 'labelled-keys', async ({ page, folder }) => {
      const labelling = new Labelling(page);
      const { editor } = labelling;
      await runCommand(labelling.page, 'Labelless: Label This Folder');
      const dialogue = page.locator('.quick-input-widget');
      await dialogue.getByText('batch', { exact: true }).waitFor();
      await page.waitForTimeout(1000); // until then the dialogue writes its own path into the box
      await dialogue
        .locator('input')
        .first()
        .fill(`${path.join(folder, 'street')}/`);
      await dialogue.getByText('batch', { exact: true }).waitFor({ state: 'hidden' });
      await page.keyboard.press('Enter');
      await page.locator('.tab.active', { hasText: nameOf(0) }).waitFor({ timeout: 60_000 });
      await editor.finished();
      await labelling.makeClasses();
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const label = async () => {
        await press('Shift+Alt+P', 'Shift+L');
        await editor.frame.locator('.side vscode-textfield:focus-within').waitFor();
        await press('Tab');
        await editor.frame.locator('.side .grid:focus').waitFor();
        // The largest label is the first: sky, ground, and the discs.
        await press('Home', '1', 'ArrowDown', '2', 'ArrowDown', '3', 'ArrowDown', '3');
      };
      const how = { words: 'by keyboard: 12 keys', screenshot: 'labelled-keys' };
      await labelAll(labelling, how, label, () => press('Shift+Alt+Y'));
      await exportAndCheck(labelling, folder);
    }));
});
