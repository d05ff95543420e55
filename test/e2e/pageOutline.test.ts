import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditingSession, middle } from './support/editingSession';
import { violationsOf } from './support/pageChecks';
import { until } from '../support/until';

/** Whether the middle of a pixel lies in a polygon. */
function holds(polygon: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length];
    if (ay <= y !== by <= y && ax + ((y - ay) / (by - ay)) * (bx - ax) < x) inside = !inside;
  });
  return inside;
}

for (const canvasOnly of [false, true]) {
  suite(`outlines on the page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let on: EditingSession;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      on = await EditingSession.open(browser, canvasOnly);
    });
    teardown(() => on.close());

    const corners = (): Promise<string> => on.editor.page.locator('.options .corners').innerText();

    test('a corner is dragged, previewed, applied as one edit to the pixel, and undone', async () => {
      const before = on.host.document.labelMap();
      await on.click(5);
      await on.press('q');
      assert.equal(await corners(), '4 corners');
      await on.drag([100, 100], [90, 105], [80, 110]);
      await on.editor.drawn();
      const screen = await on.editor.screen();
      const taken = await on.place(90, 115);
      assert.equal(screen(taken.x, taken.y), on.labels.find(({ value }) => value === on.valueAt(150, 150))!.colour);
      await on.editor.page.screenshot({
        path: path.resolve('out', 'screenshots', `page-outline-${canvasOnly ? 'canvas' : 'webgl'}.png`),
      });
      assert.equal(on.host.depth, 0, 'a preview is no edit');
      await on.press('Enter');
      await on.edited(1);
      const [own, above, left] = [before[150 * 400 + 150], before[50 * 400 + 150], before[150 * 400 + 50]];
      const polygon = [
        [80, 110],
        [200, 100],
        [200, 200],
        [100, 200],
      ] as const;
      const expected = before.map((was, p) => {
        const [x, y] = [p % 400, Math.floor(p / 400)];
        if (holds(polygon, x + 0.5, y + 0.5)) return own;
        return was !== own ? was : x < y ? left : above; // what is given up goes to the nearer label
      });
      assert.ok(Buffer.from(on.host.document.labelMap().buffer).equals(Buffer.from(expected.buffer)));
      await on.agree();
      await on.host.undo();
      assert.deepEqual(on.host.document.labelMap(), before);
      await on.agree();
    });

    test('an edge gets a corner, Alt and a click removes one, Shift moves the part, and Escape drops it all', async () => {
      await on.click(5);
      await on.press('q');
      await on.drag([150, 100], [150, 60]);
      assert.equal(await corners(), '5 corners');
      const at = await on.place(200, 200);
      await on.editor.page.keyboard.down('Alt');
      await on.editor.page.mouse.click(at.x, at.y);
      await on.editor.page.keyboard.up('Alt');
      assert.equal(await corners(), '4 corners');
      await on.editor.page.keyboard.down('Shift');
      await on.drag([130, 130], [160, 130]);
      await on.editor.page.keyboard.up('Shift');
      await on.press('Escape');
      assert.equal(await corners(), '4 corners');
      await on.press('Enter');
      await on.press('b');
      assert.equal(on.host.depth, 0);
      await on.agree();
    });

    test('the keyboard alone moves corners, adds and removes them; locked labels are refused', async () => {
      await on.click(5);
      await on.press('q');
      await on.editor.page.locator('.stage').focus();
      await on.press('Tab');
      await until('the corner is announced', async () =>
        (await on.editor.page.locator('[aria-live=polite]').first().innerText()).startsWith(
          'Corner 1 of 4 at 100, 100',
        ),
      );
      await on.press('Shift+ArrowDown');
      await on.press('ArrowRight');
      await on.press('Insert');
      assert.equal(await corners(), '5 corners');
      await on.press('Delete');
      await on.press('Enter');
      await on.edited(1);
      const above = on.valueAt(middle(1).x, middle(1).y);
      assert.equal(on.valueAt(105, 103), above, 'what was given up goes to the label above');
      assert.equal(on.valueAt(150, 120), on.valueAt(150, 150));
      await on.press('k');
      await on.edited(2);
      await on.editor.page.getByText('is locked').first().waitFor();
      assert.equal(await corners(), 'Select a label');
      await on.press('l');
      assert.deepEqual(on.editor.complaints, []);
      assert.deepEqual(await violationsOf(on.editor.page), []);
      on.editor.complaints.length = 0; // the page's policy refuses axe's own styles
    });
  });
}
