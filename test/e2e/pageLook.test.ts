import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { colourOf, gridScene, sendScene } from './support/scene';
import { dark, highContrast, light } from './support/themes';

const scene = gridScene(480, 320, 6, 4);

suite("look of the mask editor's page", () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [
      [1280, 800],
      [700, 500],
      [420, 600],
    ]) {
      test(`${theme.name}, ${width}×${height}: accessible, nothing cut off`, async () => {
        const editor = await EditorPage.open(browser, { theme, width, height });
        await sendScene(editor, scene, 1);
        await editor.send({
          type: 'segmentation',
          progress: { state: 'running', iteration: 5, iterations: 14, labels: 8, regions: 24, loss: 0.4 },
        });
        await editor.send({ type: 'problem', message: 'grid.png: the file was deleted. Restore it and try again.' });
        await editor.page.getByRole('grid').focus();
        await editor.page.keyboard.press('ArrowDown');
        await editor.drawn();
        await assertSound(editor, `page-${theme.name}-${width}`);
        const overflow = await editor.page.evaluate(() =>
          ['.toolbar', '.run', '.problem', '.status'].filter(one => {
            const bar = document.querySelector(one)!;
            return bar.scrollWidth > bar.clientWidth;
          }),
        );
        assert.deepEqual(overflow, []);
        await editor.close();
      });
    }
  }

  test('look and hidden labels come back after a reload, zoom too', async () => {
    const first = await EditorPage.open(browser, { theme: dark });
    await sendScene(first, scene, 1);
    await first.page.getByLabel('Overlay opacity').fill('30');
    await first.page.getByRole('grid').focus();
    await first.page.keyboard.press('h');
    await first.page.keyboard.press('+');
    await first.drawn();
    const [kept, scale] = [await first.kept(), await first.page.locator('.scale').innerText()];
    await first.close();
    const second = await EditorPage.open(browser, { theme: dark, kept });
    await sendScene(second, scene, 1);
    assert.equal(await second.page.getByLabel('Overlay opacity').inputValue(), '30');
    assert.equal(await second.page.locator('.scale').innerText(), scale);
    assert.match(await second.page.locator('.row.unshown').innerText(), /Region 1/);
    await second.close();
  });

  test('a lost graphics context comes back with everything in it', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    await sendScene(editor, scene, 1);
    await editor.page.getByLabel('Overlay opacity').fill('100');
    const { x, y } = await editor.place({ x: 120, y: 120 }, scene.regions);
    const before = (await editor.screen())(x, y);
    await editor.page.evaluate(async () => {
      const canvas = document.querySelector('canvas')!;
      const lose = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
      const event = (name: string) =>
        new Promise(done => {
          canvas.addEventListener(name, done, { once: true });
        });
      const lost = event('webglcontextlost');
      lose.loseContext();
      await lost;
      await new Promise(done => setTimeout(done)); // a context is only restored when its loss has been handled
      const restored = event('webglcontextrestored');
      lose.restoreContext();
      await restored;
    });
    assert.equal(before, colourOf(7));
    assert.equal((await editor.screen())(x, y), before);
    await editor.close();
  });

  test('a screen of double density is drawn in its own pixels', async () => {
    const editor = await EditorPage.open(browser, { theme: dark, density: 2 });
    await sendScene(editor, scene, 1);
    const size = await editor.page.evaluate(() => {
      const canvas = document.querySelector('canvas')!;
      return canvas.width / canvas.clientWidth;
    });
    assert.equal(size, 2);
    await editor.close();
  });
});
