import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { until } from '../support/until';
import { editedScene, EditingSession, middle } from './support/editingSession';
import { violationsOf } from './support/pageChecks';

/** What is offered: whether anything is drawn over the middle of each of the twelve regions. */
async function offered(on: EditingSession): Promise<number[]> {
  await on.editor.drawn();
  const places = await Promise.all(
    Array.from({ length: 12 }, (_, region) => on.place(middle(region).x + 20, middle(region).y + 20)),
  );
  return on.editor.page.evaluate(all => {
    const canvas = document.querySelector<HTMLCanvasElement>('.stage .preview')!;
    const { left, top } = canvas.getBoundingClientRect();
    const context = canvas.getContext('2d')!;
    return all.flatMap(({ x, y }, region) =>
      context.getImageData(x - left, y - top, 1, 1).data[3] > 0 ? [region] : [],
    );
  }, places);
}

for (const canvasOnly of [false, true]) {
  const renderer = canvasOnly ? 'canvas' : 'webgl';
  suite(`the object tool on the page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let on: EditingSession;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      on = await EditingSession.open(browser, canvasOnly);
      await on.tool('Object');
    });
    teardown(() => on.close());

    const hover = async (region: number) => {
      const { x, y } = await on.place(middle(region).x, middle(region).y);
      await on.editor.page.mouse.move(x, y);
    };
    const wheel = async (notches: number) => {
      const { keyboard, mouse } = on.editor.page;
      await keyboard.down('Alt');
      for (let i = 0; i < Math.abs(notches); i++) await mouse.wheel(0, notches > 0 ? -100 : 100);
      await keyboard.up('Alt');
    };
    /** Makes exactly the regions of some numbers offered at region 0. */
    const offerAtFirst = async (expected: readonly number[]) => {
      await hover(0);
      await wheel(-12);
      await until('only the region itself is offered', async () => (await offered(on)).length === 1);
      await wheel(expected.length - 1);
      await until(`${expected.join()} are offered`, async () => (await offered(on)).join() === expected.join());
    };
    const regionsOf = (value: number) =>
      Array.from({ length: 12 }, (_, region) => region).filter(
        region => on.valueAt(middle(region).x, middle(region).y) === value,
      );

    test('offers a region of the hierarchy, others by the wheel, and a click takes its pixels until undone', async () => {
      await offerAtFirst([0, 1, 2]);
      await hover(2);
      assert.deepEqual(await offered(on), [0, 1, 2], 'it is kept within the region');
      await on.editor.page.screenshot({ path: path.resolve('out', 'screenshots', `page-object-${renderer}.png`) });
      const before = on.host.document.labelMap();
      await on.click(2);
      await on.edited(1);
      const map = on.host.document.labelMap();
      const taken = map[0];
      map.forEach((value, p) => {
        assert.equal(value === taken, editedScene.regions.ids[p] <= 2);
      });
      await on.agree();
      await on.host.undo();
      assert.deepEqual(on.host.document.labelMap(), before);
      await on.agree();
    });

    test('takes into the label in hand what a stroke touches and what a rectangle is around, and gives it back', async () => {
      await offerAtFirst([0]);
      await on.drag([50, 50], [350, 60], [350, 250]);
      await on.edited(1);
      const value = on.valueAt(50, 50);
      assert.deepEqual(regionsOf(value), [0, 1, 2, 3, 7, 11]);
      await on.editor.page.keyboard.down('Shift');
      await on.drag([2, 102], [199, 299]);
      await on.editor.page.keyboard.up('Shift');
      await on.edited(2);
      // Regions 5, 8 and 9 touch all sides of the rectangle; 4 merges with what lies around it before they do.
      assert.deepEqual(regionsOf(value), [0, 1, 2, 3, 5, 7, 8, 9, 11], 'it is the label of the stroke');
      await on.agree();
      await hover(5);
      await wheel(-12);
      await on.click(5, 'Alt');
      await on.edited(3);
      assert.deepEqual(regionsOf(value), [0, 1, 2, 3, 7, 8, 9, 11]);
      await on.editor.page.getByLabel('Granularity', { exact: true }).fill('0');
      await on.edited(4);
      assert.equal(regionsOf(on.valueAt(50, 50)).length, 8, 'what was taken stays when the slider moves');
      await on.agree();
    });

    test('leaves locked labels alone, and says why it has nothing to offer', async () => {
      const hint = on.editor.page.getByRole('alert');
      await on.click(1);
      await on.edited(1);
      await on.editor.page.getByRole('grid').focus();
      await on.press('k');
      await on.edited(2);
      await on.click(0);
      assert.match(await hint.innerText(), /is locked/);
      await on.editor.send({ type: 'hierarchy', hierarchy: null, reason: 'It was drawn by hand.' });
      await on.click(0);
      assert.match(await hint.innerText(), /It was drawn by hand/);
      await on.press('v');
      const button = on.editor.page.getByRole('radio', { name: 'Object', exact: true });
      assert.equal(await button.getAttribute('aria-disabled'), 'true');
      assert.match((await button.getAttribute('title'))!, /It was drawn by hand/);
      await on.press('w');
      assert.match(await hint.innerText(), /It was drawn by hand/);
      assert.ok(!(await button.isChecked()));
      assert.equal(on.host.depth, 2);
    });

    test('works by keys alone, and tells what is offered', async () => {
      const { page } = on.editor;
      await page.mouse.move(2, 2);
      await page.locator('.stage').focus();
      await on.press('ArrowRight');
      await page.locator('[aria-live]', { hasText: 'Column 200, row 150' }).waitFor();
      for (let i = 0; i < 12; i++) await on.press('-');
      assert.deepEqual(await offered(on), [6]);
      await page.locator('[aria-live]', { hasText: '10,000 pixels offered, size 1 of' }).waitFor();
      await on.press('+');
      assert.deepEqual(await offered(on), [5, 6], 'all that is left when what touches the edge is left out');
      await on.press('[');
      await on.press('Enter');
      await on.edited(1);
      const taken = () => regionsOf(on.valueAt(250, 150));
      assert.deepEqual(taken(), [6]);
      await on.press('z');
      for (let i = 0; i < 26; i++) await on.press('Shift+ArrowLeft');
      for (let i = 0; i < 20; i++) await on.press('Shift+ArrowUp');
      await page.screenshot({ path: path.resolve('out', 'screenshots', `page-object-keys-${renderer}.png`) });
      assert.deepEqual(on.editor.complaints, []);
      assert.deepEqual(await violationsOf(page), []);
      on.editor.complaints.length = 0; // the policy refuses axe's own styles
      await on.press('Enter');
      await on.edited(2);
      assert.deepEqual(taken(), [0, 1, 6]);
      await on.editor.drawn();
      await on.press('Shift+Enter');
      await on.edited(3);
      assert.ok(taken().length < 3);
      await on.press('Escape');
      assert.deepEqual(await offered(on), []);
    });
  });
}
