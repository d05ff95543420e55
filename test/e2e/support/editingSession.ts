import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { DocumentHost } from './documentHost';
import { EditorPage, type PageOptions } from './openedPage';
import { gridScene } from './scene';
import { dark } from './themes';
import { until } from '../../support/until';

/** Twelve regions of 100×100 pixels. */
export const editedScene = gridScene(400, 300, 4, 3);
export const middle = (region: number) => ({ x: (region % 4) * 100 + 50, y: Math.floor(region / 4) * 100 + 50 });

/** A page on a document, with the gestures of a user. Positions are pixels of the picture. */
export class EditingSession {
  private constructor(
    readonly editor: EditorPage,
    readonly host: DocumentHost,
  ) {}

  static async open(browser: Browser, canvasOnly: boolean, look: Partial<PageOptions> = {}): Promise<EditingSession> {
    const editor = await EditorPage.open(browser, { theme: dark, canvasOnly, ...look });
    const host = await DocumentHost.open(editor, editedScene, 1);
    await editor.page.getByLabel('Overlay opacity').fill('100');
    return new EditingSession(editor, host);
  }

  async close(): Promise<void> {
    const { complaints } = this.editor;
    await this.editor.close();
    assert.deepEqual(complaints, []);
  }

  place(x: number, y: number): Promise<{ x: number; y: number }> {
    return this.editor.place({ x, y }, editedScene.regions);
  }

  press(key: string): Promise<void> {
    return this.editor.page.keyboard.press(key);
  }

  tool(name: string): Promise<void> {
    return this.editor.page.getByRole('radio', { name, exact: true }).click();
  }

  get labels() {
    return this.host.document.view().labels;
  }

  /** The document's label value at a pixel. */
  valueAt(x: number, y: number): number {
    return this.host.document.labelMap()[y * 400 + x];
  }

  /** Waits until a number of edits can be undone. */
  edited(depth: number): Promise<void> {
    return until(`there are ${depth} edits`, () => this.host.depth === depth);
  }

  /** Clicks into the middle of a region while a key is held. */
  async click(region: number, key?: 'Shift' | 'Alt'): Promise<void> {
    const { keyboard, mouse } = this.editor.page;
    const { x, y } = await this.place(middle(region).x, middle(region).y);
    if (key) await keyboard.down(key);
    await mouse.click(x, y);
    if (key) await keyboard.up(key);
  }

  /** Presses the button, moves through points, and releases it. */
  async drag(...points: [number, number][]): Promise<void> {
    const { mouse } = this.editor.page;
    const places = await Promise.all(points.map(([x, y]) => this.place(x, y)));
    await mouse.move(places[0].x, places[0].y);
    await mouse.down();
    for (const { x, y } of places.slice(1)) await mouse.move(x, y, { steps: 5 });
    await mouse.up();
  }

  /** Asserts that the screen shows the document in the middle of each region. */
  async agree(): Promise<void> {
    await this.editor.page.mouse.move(2, 2);
    const screen = await this.editor.screen();
    const colours = new Map(this.labels.map(label => [label.value, label.colour]));
    for (let region = 0; region < 12; region++) {
      const { x, y } = middle(region);
      const at = await this.place(x, y);
      assert.equal(
        screen(at.x, at.y),
        colours.get(this.valueAt(x, y)) ?? '#808080',
        `in the middle of region ${region}`,
      );
    }
  }
}
