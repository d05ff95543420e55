import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { colourOf, grey, gridScene, maskAt, sendMask, sendScene } from './support/scene';
import { dark } from './support/themes';

const scene = gridScene(400, 300, 2, 2);
const middle = (region: number) => ({ x: region % 2 === 0 ? 100 : 300, y: region < 2 ? 75 : 225 });
const greyHex = `#${grey.toString(16).repeat(3)}`;

for (const canvasOnly of [false, true]) {
  suite(`the mask editor's page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let editor: EditorPage;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, scene, 1);
    });
    teardown(async () => {
      const { complaints } = editor;
      await editor.close();
      assert.deepEqual(complaints, []);
    });

    /** What is seen in the middle of each region. */
    async function seen(): Promise<string[]> {
      await editor.page.mouse.move(2, 2);
      const screen = await editor.screen();
      const places = await Promise.all([0, 1, 2, 3].map(region => editor.place(middle(region), scene.regions)));
      return places.map(({ x, y }) => screen(x, y));
    }
    const opacity = (percent: number) => editor.page.getByLabel('Overlay opacity').fill(String(percent));

    test('shows labels in their colours at full opacity and the picture alone at none', async () => {
      await opacity(100);
      assert.deepEqual(await seen(), [0, 1, 2, 3].map(colourOf));
      await opacity(0);
      assert.deepEqual(await seen(), [greyHex, greyHex, greyHex, greyHex]);
    });

    test('draws an outline of one screen pixel between labels, at any zoom', async () => {
      await opacity(0);
      const border = await editor.place({ x: 199.5, y: 75 }, scene.regions);
      for (const zooms of [0, 4]) {
        for (let i = 0; i < zooms; i++) {
          await editor.page.mouse.move(border.x, border.y);
          await editor.page.mouse.wheel(0, -100);
        }
        await editor.page.mouse.move(2, 2);
        const screen = await editor.screen();
        const line = Array.from({ length: 21 }, (_, i) => screen(border.x - 10 + i, border.y));
        assert.equal(line.filter(colour => colour !== greyHex).length, 1, line.join());
      }
    });

    test('the slider recolours at once and asks for one edit when let go', async () => {
      await opacity(100);
      const slider = editor.page.getByLabel('Granularity', { exact: true });
      await slider.evaluate((input: HTMLInputElement) => {
        for (const value of [0.8, 0.5, 0.1]) {
          input.valueAsNumber = value;
          input.dispatchEvent(new Event('input'));
        }
      });
      assert.deepEqual(await seen(), [0, 0, 0, 0].map(colourOf));
      assert.equal(await editor.page.locator('.count').innerText(), '1 region');
      assert.deepEqual(await editor.posted('edit'), []);
      await slider.dispatchEvent('change');
      assert.deepEqual(await editor.edits(1), [{ kind: 'granularity', granularity: 0.1 }]);
      await editor.send({ type: 'problem', message: 'Refused.' });
      assert.deepEqual(await seen(), [0, 1, 2, 3].map(colourOf), 'a refused edit shows the mask as it is');
      assert.equal(await editor.page.getByRole('alert').innerText(), 'Refused.');
    });

    test('without a hierarchy the slider is off and says why; without a mask segmenting is offered', async () => {
      await editor.send({ type: 'hierarchy', hierarchy: null, reason: 'The mask has no sidecar.' });
      const slider = editor.page.getByLabel('Granularity', { exact: true });
      assert.ok(await slider.isDisabled());
      assert.equal(await slider.getAttribute('aria-description'), 'The mask has no sidecar.');
      await editor.send({ type: 'mask', mask: null });
      assert.deepEqual(await seen(), [greyHex, greyHex, greyHex, greyHex]);
      await editor.page.getByText('Segment Image', { exact: true }).click();
      assert.equal((await editor.posted('segment')).length, 1);
      await editor.page.getByText('Begin by Hand', { exact: true }).click();
      assert.deepEqual(await editor.posted('begin'), [{ type: 'begin', width: 400, height: 300 }]);
    });

    test('hides, isolates, renames and locks by keyboard', async () => {
      await opacity(100);
      await editor.page.getByRole('grid').focus();
      await editor.page.keyboard.press('h');
      assert.deepEqual(await seen(), [greyHex, ...[1, 2, 3].map(colourOf)]);
      await editor.page.keyboard.press('h');
      await editor.page.keyboard.press('ArrowDown');
      await editor.page.keyboard.press('x');
      assert.deepEqual((await seen())[0], greyHex);
      await editor.page.keyboard.press('x');
      await editor.page.keyboard.press('F2');
      await editor.page.keyboard.type('Sky');
      await editor.page.keyboard.press('Enter');
      await editor.page.keyboard.press('k');
      assert.deepEqual(await editor.edits(2), [
        { kind: 'rename', value: 2, name: 'Sky' },
        { kind: 'lock', values: [2], locked: true },
      ]);
    });

    test('the filter takes letters that are keys elsewhere', async () => {
      const filter = editor.page.getByRole('textbox', { name: 'Filter labels' });
      await filter.click();
      await editor.page.keyboard.type('molo');
      assert.equal(await filter.inputValue(), 'molo');
      assert.ok(await editor.page.getByText('No label has this in its name.').isVisible());
      await filter.fill('region 3');
      assert.equal(await editor.page.locator('.row[role=row]').count(), 1);
    });

    test('keeps what is hidden while labels merge and come back', async () => {
      await opacity(100);
      await editor.page.getByRole('grid').focus();
      await editor.page.keyboard.press('End');
      await editor.page.keyboard.press('h');
      for (const granularity of [0, 1]) await editor.send({ type: 'mask', mask: maskAt(scene, granularity) });
      assert.deepEqual(await seen(), [...[0, 1, 2].map(colourOf), greyHex]);
    });

    test('tells label, size, place and pixel values under the pointer, and selects the label on a click', async () => {
      const { x, y } = await editor.place(middle(3), scene.regions);
      await editor.page.mouse.move(x, y);
      assert.match(
        (await editor.page.locator('.status').innerText()).replace(/\s+/g, ' '),
        /Region 4 30,000 px \(25 %\) 300, 225 R 128 G 128 B 128 #808080 400 × 300/,
      );
      await editor.page.mouse.click(x, y);
      assert.match(await editor.page.locator('[aria-selected=true]').innerText(), /Region 4/);
    });

    test('zooms to the pointer and pans by dragging', async () => {
      const { x, y } = await editor.place({ x: 120, y: 80 }, scene.regions);
      const under = () => editor.page.locator('.status .place').innerText();
      await editor.page.mouse.move(x, y);
      await editor.page.mouse.wheel(0, -300);
      await editor.page.mouse.move(x + 0.4, y);
      assert.equal(await under(), '120, 80');
      await editor.page.mouse.down();
      await editor.page.mouse.move(x - 100, y + 50, { steps: 4 });
      await editor.page.mouse.up();
      await editor.page.mouse.move(x - 99.6, y + 50);
      assert.equal(await under(), '120, 80');
    });

    test('previews replace each other without disturbing zoom and selection', async () => {
      const { x, y } = await editor.place(middle(3), scene.regions);
      await editor.page.mouse.click(x, y);
      await editor.page.mouse.wheel(0, -200);
      await editor.drawn();
      const before = await editor.page.locator('.scale').innerText();
      await editor.send({
        type: 'segmentation',
        progress: { state: 'running', iteration: 3, iterations: 14, labels: 9, regions: 12, loss: 0.5 },
      });
      await sendMask(editor, gridScene(200, 150, 4, 3), 1);
      assert.equal(await editor.page.locator('.scale').innerText(), before);
      assert.match(await editor.page.locator('[aria-selected=true]').innerText(), /Region 11/);
      assert.match(await editor.page.locator('.run').innerText(), /Iteration 3 of 14 · 12 regions · loss 0\.500/);
      await editor.page.getByText('Stop', { exact: true }).click();
      assert.equal((await editor.posted('stop')).length, 1);
    });
  });
}
