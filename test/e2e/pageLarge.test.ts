import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { colourOf, gridScene, maskAt, sendScene } from './support/scene';
import { dark } from './support/themes';

suite("the mask editor's page at sizes of cameras and lists", function () {
  this.timeout(400_000); // a browser that draws 24 megapixels in software takes its time on a busy machine
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const { name, size, steps } of [
    { name: '4 megapixels', size: [2400, 1680], steps: [0.75, 0.25, 1] },
    { name: '24 megapixels', size: [6000, 4000], steps: [0.25] },
  ] as const) {
    for (const canvasOnly of [false, true]) {
      test(`the slider's steps are drawn at ${name} ${canvasOnly ? 'without' : 'with'} WebGL`, async () => {
        const editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
        const [width, height] = size;
        const scene = gridScene(width, height, 4, 3);
        await sendScene(editor, scene, 1);
        await editor.page.getByLabel('Overlay opacity').fill('100');
        const middles = Array.from({ length: 12 }, (_, region) => ({
          x: ((region % 4) + 0.5) * (width / 4),
          y: (Math.floor(region / 4) + 0.5) * (height / 3),
        }));
        const places = await Promise.all(middles.map(pixel => editor.place(pixel, scene.regions)));
        for (const granularity of steps) {
          await editor.page.getByLabel('Granularity', { exact: true }).fill(String(granularity));
          await editor.page.mouse.move(2, 2);
          const screen = await editor.screen();
          const { labelOf, labels } = maskAt(scene, granularity);
          assert.deepEqual(
            places.map(({ x, y }) => screen(x, y)),
            middles.map((_, region) => colourOf(labels[labelOf[region] - 1].representative ?? NaN)),
            `at ${granularity}`,
          );
        }
        await editor.close();
      });
    }
  }

  test('2,000 labels are listed by no more rows than are in sight', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    const many = gridScene(500, 400, 50, 40);
    await sendScene(editor, many, 1);
    assert.equal(await editor.page.getByRole('grid').getAttribute('aria-rowcount'), '2000');
    assert.ok((await editor.page.locator('.row[role=row]').count()) < 60);
    await editor.page.getByRole('grid').focus();
    await editor.page.keyboard.press('End');
    await editor.page.getByRole('grid').getByText('Region 2000', { exact: true }).waitFor();
    await editor.send({ type: 'mask', mask: maskAt(many, 0.5) });
    await editor.drawn();
    assert.equal(await editor.page.getByRole('grid').getAttribute('aria-rowcount'), '1000');
    await editor.close();
  });
});
