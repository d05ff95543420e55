import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { until } from '../../support/until';
import { colourAt, picturePng } from '../../support/workspace';
import { MaskEditor, sessionList } from './maskEditor';
import { answerFileDialogue, clickUntil, notification, runCommand } from './workbench';

/** The size of the pictures. */
export const [width, height] = [160, 120];
export const nameOf = (index: number) => `street ${String(index + 1).padStart(2, '0')}.png`;
/** Points of a picture, as shares of its sides, in each of its regions, and the class that the region is of. */
export const sky = { x: 0.03, y: 0.05, class: 'sky' };
export const ground = { x: 0.03, y: 0.95, class: 'ground' };
export const discs = (seed: number) => [
  { x: 0.25 + (seed % 5) / 25, y: 0.3, class: 'disc' },
  { x: 0.65 + (seed % 5) / 25, y: 0.65, class: 'disc' },
];

/** Writes pictures of a sky, a ground and two discs into the folder `street`. */
export function makeStreet(folder: string, pictures: number): void {
  mkdirSync(path.join(folder, 'street'));
  for (let index = 0; index < pictures; index++)
    writeFileSync(path.join(folder, 'street', nameOf(index)), picturePng(width, height, index));
}

/** The labelling of the folder `street` in a window: what a user sees and does, whatever with. */
export class Labelling {
  readonly editor: MaskEditor;
  readonly list: FrameLocator;

  constructor(readonly page: Page) {
    this.editor = new MaskEditor(page);
    this.list = sessionList(page);
  }

  /** Waits until an image is open, with a mask of at least so many labels. */
  async at(index: number, least = 4): Promise<void> {
    await this.page.locator('.tab.active', { hasText: nameOf(index) }).waitFor({ timeout: 60_000 });
    await this.editor.finished();
    await this.editor.frame.getByRole('option', { name: 'sky' }).waitFor();
    await until('its regions are listed', async () => (await this.editor.labels()).length >= least);
  }

  /** Writes a class list for the folder by *New Class List*. */
  async makeClasses(): Promise<void> {
    const input = this.page.locator('.quick-input-widget');
    await runCommand(this.page, 'Labelless: New Class List');
    await input.getByText('for this folder alone').waitFor();
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await input.getByText('Type Names…').waitFor();
    await this.page.keyboard.type('Type Names');
    // The list follows what is typed a moment later.
    await input.getByText('Example to Edit').waitFor({ state: 'hidden' });
    await this.page.keyboard.press('Enter');
    await input.getByText('Names of classes, with commas between them').waitFor();
    await this.page.keyboard.type('sky, ground, disc');
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tab.active', { hasText: 'labelless.classes.json' }).waitFor();
    await this.page.keyboard.press('Control+w');
    await this.page.locator('.tab.active', { hasText: nameOf(0) }).waitFor();
  }

  /** Clicks on a place of the picture, which fills the stage but for a margin. */
  async click({ x, y }: { readonly x: number; readonly y: number }, modifiers: 'Shift'[] = []): Promise<void> {
    const { stage } = this.editor;
    const [box, picture] = [await stage.boundingBox(), width / height];
    assert.ok(box);
    const shown = {
      width: Math.min(box.width, box.height * picture),
      height: Math.min(box.height, box.width / picture),
    };
    const position = {
      x: box.width / 2 + (x - 0.5) * shown.width * 0.94,
      y: box.height / 2 + (y - 0.5) * shown.height * 0.94,
    };
    await stage.click({ position, modifiers });
  }

  /** Gives the chosen labels a class, in the class bar. */
  give(name: string): Promise<void> {
    return this.editor.frame.getByRole('option', { name, exact: true }).click();
  }

  /** Labels the picture in sight with the mouse: eight clicks. */
  async labelWithMouse(index: number): Promise<void> {
    for (const place of [sky, ground]) {
      await this.click(place);
      await this.give(place.class);
    }
    const [first, second] = discs(index);
    await this.click(first);
    await this.click(second, ['Shift']);
    await this.give('disc');
  }

  /** Approves the picture in sight with the mouse. */
  approve(): Promise<void> {
    return this.page.locator('.part.sidebar').getByRole('button', { name: 'Approve and Go On' }).click();
  }

  /** Exports what is approved as one COCO file into a folder. */
  async exportCoco(folder: string, masks: number): Promise<void> {
    const input = this.page.locator('.quick-input-widget');
    await runCommand(this.page, 'Labelless: Export Approved Masks');
    await input.getByText(`Export ${masks} Masks`, { exact: true }).waitFor();
    await clickUntil(
      input.locator('.monaco-list-row', { hasText: 'COCO' }),
      input.getByRole('button', { name: 'Export Here' }),
      'visible',
    );
    await answerFileDialogue(this.page, `${folder}/`, 'Export Here');
    await notification(this.page, `Exported ${masks} of ${masks} masks`).waitFor({ timeout: 60_000 });
  }
}

/** The class id of a pixel as the picture was drawn. */
export function classAt(pixel: number, seed: number): number {
  const [red, , blue] = colourAt((pixel % width) / width, Math.floor(pixel / width) / height, seed);
  return blue === 220 ? 1 : red === 50 ? 2 : 3;
}
