import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { pythonWithReaders } from '../readers/python';
import { until } from '../support/until';
import { colourAt, picturePng } from '../support/workspace';
import { MaskEditor, viewInSideBar } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { answerFileDialogue, chooseInExplorer, clickUntil, notification, searchCommands } from './support/workbench';

const pictures = 30;
const [width, height] = [160, 120];
const nameOf = (index: number) => `street ${String(index + 1).padStart(2, '0')}.png`;
/** Points of a picture, as shares of its sides, in each of its regions, and the class that the region is of. */
const sky = { x: 0.03, y: 0.05, class: 'sky' };
const ground = { x: 0.03, y: 0.95, class: 'ground' };
const discs = (seed: number) => [
  { x: 0.25 + (seed % 5) / 25, y: 0.3, class: 'disc' },
  { x: 0.65 + (seed % 5) / 25, y: 0.65, class: 'disc' },
];

function makeStreet(folder: string): void {
  mkdirSync(path.join(folder, 'street'));
  for (let index = 0; index < pictures; index++)
    writeFileSync(path.join(folder, 'street', nameOf(index)), picturePng(width, height, index));
}

/** The labelling of the folder `street` in a window: what a user sees and does, whatever with. */
class Labelling {
  readonly editor: MaskEditor;
  readonly list: FrameLocator;

  constructor(readonly page: Page) {
    this.editor = new MaskEditor(page);
    this.list = page.frameLocator(`iframe.webview.ready${viewInSideBar}`).frameLocator('iframe#active-frame');
  }

  /** Waits until an image is open, with a mask. */
  async at(index: number): Promise<void> {
    await this.page.locator('.tab.active', { hasText: nameOf(index) }).waitFor({ timeout: 60_000 });
    await this.editor.finished();
    await this.editor.frame.getByRole('option', { name: 'sky' }).waitFor();
    await until('its regions are listed', async () => (await this.editor.labels()).length >= 4);
  }

  /** Chooses a command in the Command Palette, which does not know it in the first moments of a window. */
  async command(title: string): Promise<void> {
    await until(`${title} is found`, async () => {
      const rows = await searchCommands(this.page, title);
      const isFirst = await until(
        'it is the first',
        async () => (await rows.first().innerText()).startsWith(title),
        5000,
      ).then(
        () => true,
        () => false,
      );
      await this.page.keyboard.press(isFirst ? 'Enter' : 'Escape');
      return isFirst;
    });
  }

  /** Writes a class list for the folder by *New Class List*. */
  async makeClasses(): Promise<void> {
    const input = this.page.locator('.quick-input-widget');
    await this.command('Labelless: New Class List');
    await input.getByText('for this folder alone').waitFor();
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await input.getByText('Type Names…').waitFor();
    await this.page.keyboard.type('Type Names');
    await this.page.keyboard.press('Enter');
    await input.getByText('Names of classes, with commas between them').waitFor();
    await this.page.keyboard.type('sky, ground, disc');
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: 'labelless.classes.json' }).waitFor();
    await this.page.keyboard.press('Control+w');
    await this.page.locator('.tab.active', { hasText: nameOf(0) }).waitFor();
  }

  /**
   * Labels all pictures, and says how long that takes.
   * @param how what it is done with, for people and for the name of a screenshot
   * @param label gives the labels of the picture in sight their classes
   */
  async labelAll(
    how: { words: string; screenshot: string },
    label: (index: number) => Promise<void>,
    approve: () => Promise<void>,
  ): Promise<void> {
    const start = Date.now();
    for (let index = 0; index < pictures; index++) {
      await this.at(index);
      await label(index);
      if (index === 14) await screenshot(this.page, how.screenshot);
      await approve();
      await this.list.getByText(`${index + 1} of ${pictures} approved`).waitFor();
    }
    console.log(`  ${how.words} and ${((Date.now() - start) / pictures / 1000).toFixed(1)} s a picture`);
  }

  /** Exports what is approved as one COCO file, and asserts that pycocotools finds in it what the pictures show. */
  async exportAndCheck(folder: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget');
    await this.command('Labelless: Export Approved Masks');
    await input.getByText(`Export ${pictures} Masks`, { exact: true }).waitFor();
    await clickUntil(
      input.locator('.monaco-list-row', { hasText: 'COCO' }),
      input.getByRole('button', { name: 'Export Here' }),
      'visible',
    );
    await answerFileDialogue(this.page, `${folder}/`, 'Export Here');
    await notification(this.page, `Exported ${pictures} of ${pictures} masks`).waitFor({ timeout: 60_000 });
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
}

/** The class id of a pixel as the picture was drawn. */
function classAt(pixel: number, seed: number): number {
  const [red, , blue] = colourAt((pixel % width) / width, Math.floor(pixel / width) / height, seed);
  return blue === 220 ? 1 : red === 50 ? 2 : 3;
}

suite('a labelled data set from nothing', function () {
  this.timeout(600_000);
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('thirty pictures with the mouse: classes, approval, export', () =>
    inWindow(session, { width: 1440, height: 900, prepare: makeStreet }, 'labelled-mouse', async ({ page, folder }) => {
      const labelling = new Labelling(page);
      const { editor } = labelling;
      const click = async ({ x, y }: { x: number; y: number }, modifiers: 'Shift'[] = []) => {
        const [box, picture] = [await editor.stage.boundingBox(), width / height];
        assert.ok(box);
        const shown = {
          width: Math.min(box.width, box.height * picture),
          height: Math.min(box.height, box.width / picture),
        };
        const position = {
          x: box.width / 2 + (x - 0.5) * shown.width * 0.94,
          y: box.height / 2 + (y - 0.5) * shown.height * 0.94,
        };
        await editor.stage.click({ position, modifiers });
      };
      const give = (name: string) => editor.frame.getByRole('option', { name, exact: true }).click();
      const approve = page.locator('.part.sidebar').getByRole('button', { name: 'Approve and Go On' });

      await chooseInExplorer(page, 'street', 'Label This Folder');
      await page.locator('.tab.active', { hasText: nameOf(0) }).waitFor({ timeout: 60_000 });
      await editor.finished();
      await labelling.makeClasses();
      const label = async (index: number) => {
        for (const place of [sky, ground]) {
          await click(place);
          await give(place.class);
        }
        const [first, second] = discs(index);
        await click(first);
        await click(second, ['Shift']);
        await give('disc');
      };
      const how = { words: 'with the mouse: 8 clicks', screenshot: 'labelled-mouse' };
      await labelling.labelAll(how, label, () => approve.click());
      await labelling.exportAndCheck(folder);
    }));

  test('thirty pictures by keyboard alone', () =>
    inWindow(session, { width: 1440, height: 900, prepare: makeStreet }, 'labelled-keys', async ({ page, folder }) => {
      const labelling = new Labelling(page);
      const { editor } = labelling;
      await labelling.command('Labelless: Label This Folder');
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
      await labelling.labelAll(how, label, () => press('Shift+Alt+Y'));
      await labelling.exportAndCheck(folder);
    }));
});
