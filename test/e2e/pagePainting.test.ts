import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { strokeRuns } from '../../mask/regions/pixelRuns';
import { startBrowser } from '../host/browser';
import { editedScene, EditingSession, middle } from './support/editingSession';
import { until } from '../support/until';

for (const canvasOnly of [false, true]) {
  suite(`painting on the page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
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

    test('a stroke is drawn as the host will draw it, to the pixel, and is one edit', async () => {
      await on.click(0);
      await on.tool('Brush');
      await on.editor.page.getByLabel('Brush size').fill('45');
      const size = Number.parseInt(await on.editor.page.locator('.pixels:visible').innerText(), 10);
      on.host.hold();
      await on.drag([50, 50], [250, 80], [150, 250]);
      await on.editor.page.mouse.move(2, 2);
      await on.editor.drawn();
      const before = await on.editor.page.locator('.stage').screenshot();
      await on.editor.edits(1);
      await on.host.resume();
      await on.edited(1);
      await on.editor.drawn();
      const after = await on.editor.page.locator('.stage').screenshot();
      assert.ok(before.equals(after), 'the picture of the page does not change when the host answers');
      const [stroke] = (await on.editor.edits(1)) as { points: number[] }[];
      const runs = strokeRuns(stroke.points, size, editedScene.regions);
      const map = on.host.document.labelMap();
      for (let i = 0; i < runs.length; i += 2) assert.equal(map[runs[i]], map[0]);
      await on.agree();
      await on.host.undo();
      await on.agree();
    });

    test('strokes that follow quickly all arrive, and undoing leaves the label in hand', async () => {
      await on.tool('Brush');
      on.host.hold();
      await on.drag([20, 20], [60, 20]);
      await on.drag([20, 150], [60, 150]);
      await on.drag([20, 280], [60, 280]);
      await on.host.resume();
      await on.edited(3);
      assert.equal(on.labels.length, 13, 'all three are of one new label');
      await on.agree();
      await on.host.undo();
      await on.drag([350, 150], [380, 150]);
      await on.edited(3);
      assert.equal(on.labels.length, 13);
      await on.agree();
    });

    test('the eraser leaves background, and its size follows brackets and Alt with the wheel', async () => {
      await on.press('e');
      const size = async () => Number.parseInt(await on.editor.page.locator('.pixels:visible').innerText(), 10);
      const first = await size();
      await on.press(']');
      assert.ok((await size()) > first);
      await on.press('[');
      await on.editor.page.keyboard.down('Alt');
      const { x, y } = await on.place(50, 50);
      await on.editor.page.mouse.move(x, y);
      await on.editor.page.mouse.wheel(0, -100);
      await on.editor.page.mouse.wheel(0, -100);
      await on.editor.page.keyboard.up('Alt');
      await until('the brush is larger', async () => (await size()) > first + 5);
      await on.drag([50, 50], [350, 50]);
      await on.edited(1);
      assert.equal(on.host.document.labelMap()[50 * 400 + 200], 0);
      await on.agree();
    });

    test('a polygon by corners, a line by hand, a fill and an object give their pixels to the label', async () => {
      await on.click(0);
      await on.tool('Polygon');
      for (const [x, y] of [
        [110, 10],
        [190, 10],
        [190, 90],
        [110, 90],
      ]) {
        const at = await on.place(x, y);
        await on.editor.page.mouse.click(at.x, at.y);
      }
      await on.editor.page.screenshot({
        path: path.resolve('out', 'screenshots', `page-polygon-${canvasOnly ? 'canvas' : 'webgl'}.png`),
      });
      await on.press('Enter');
      await on.edited(1);
      assert.ok(Math.abs(on.labels.find(label => label.value === 1)!.area - 16400) < 300);
      await on.agree();
      await on.drag([210, 10], [290, 10], [290, 90], [210, 90]);
      await on.edited(2);
      await on.tool('Fill');
      await on.click(4);
      await on.edited(3);
      await on.tool('Object');
      await on.click(11);
      await on.edited(4);
      const map = on.host.document.labelMap();
      for (const region of [0, 1, 2, 4, 11])
        assert.equal(map[middle(region).y * 400 + middle(region).x], map[0], `region ${region}`);
      await on.agree();
    });

    test('picks with Alt and a click, and paints what was picked', async () => {
      await on.tool('Brush');
      await on.editor.page.keyboard.down('Alt');
      await on.click(7);
      await on.editor.page.keyboard.up('Alt');
      assert.match(await on.editor.page.locator('.chosen').innerText(), /Region 8/);
      await on.drag([10, 10], [90, 90]);
      await on.edited(1);
      const map = on.host.document.labelMap();
      assert.equal(map[50 * 400 + 50], map[150 * 400 + 350]);
    });

    test('a locked label is left alone by strokes and refused as their target', async () => {
      await on.editor.page.getByRole('grid').focus();
      await on.press('k');
      await on.edited(1);
      await on.click(1);
      await on.tool('Brush');
      await on.drag([250, 50], [10, 50]);
      await on.edited(2);
      assert.notEqual(on.valueAt(20, 50), on.valueAt(150, 50));
      await on.agree();
      await on.press('v');
      await on.click(0);
      await on.press('b');
      await on.drag([150, 50], [190, 50]);
      assert.match(await on.editor.page.getByRole('alert').innerText(), /‘Region 1’ is locked/);
      assert.equal(on.host.depth, 2);
    });

    test('scribbles are drawn over the picture, of labels chosen by key, taken away one by one and sent to train with', async () => {
      await on.editor.send({
        type: 'names',
        names: [
          { name: 'sky', colour: '#87ceeb' },
          { name: 'road', colour: '#444444' },
        ],
      });
      await on.press('d');
      await on.drag([20, 20], [150, 40], [180, 20]);
      await on.edited(1);
      await on.press('2');
      await on.drag([20, 280], [350, 280]);
      await on.edited(2);
      assert.deepEqual(
        on.host.document.view().scribbles?.map(({ name, colour }) => [name, colour]),
        [
          ['sky', '#87ceeb'],
          ['road', '#444444'],
        ],
      );
      const middleOfLine = await on.place(200, 280);
      assert.equal((await on.editor.screen())(middleOfLine.x, middleOfLine.y + 4), '#444444');
      await on.editor.page.screenshot({
        path: path.resolve('out', 'screenshots', `page-scribbles-${canvasOnly ? 'canvas' : 'webgl'}.png`),
      });
      await on.editor.page.getByText('Segment with Scribbles').click();
      assert.equal((await on.editor.posted('segmentScribbles')).length, 1);
      await on.editor.page.keyboard.down('Alt');
      await on.editor.page.mouse.click(middleOfLine.x, middleOfLine.y);
      await on.editor.page.keyboard.up('Alt');
      await on.edited(3);
      assert.deepEqual(
        on.host.document.view().scribbles?.map(({ name }) => name),
        ['sky'],
      );
      await on.host.undo();
      assert.equal(await on.editor.page.locator('.scribbles g g:first-child polyline').count(), 6);
    });
  });
}
