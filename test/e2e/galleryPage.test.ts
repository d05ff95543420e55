import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/editorPage';
import { assertSound } from './support/look';
import { dark, highContrast, light } from './support/themes';

const names = ['street 10.jpg', 'street 9.jpg', 'beach.jpg', 'gone.jpg'];
const colours = ['#884422', '#228844', '#4422aa'];
const regions = [12, 7, 40];

/** A gallery with three results and a failure. */
async function opened(browser: Browser, options: Omit<Parameters<typeof EditorPage.open>[1], 'name'>): Promise<EditorPage> {
  const view = await EditorPage.open(browser, { ...options, name: 'gallery' });
  await view.send({ type: 'images', names });
  for (const [index, background] of colours.entries()) {
    const bytes = new Uint8Array(await sharp({ create: { width: 320, height: index === 1 ? 480 : 240, channels: 3, background } }).webp().toBuffer());
    await view.send({ type: 'result', index, bytes, regions: regions[index] });
  }
  await view.send({ type: 'failed', index: 3, message: 'No mask yet' });
  return view;
}

suite('page of a gallery of results', () => {
  let browser: Browser;
  suiteSetup(async () => { browser = await startBrowser(); });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [[1000, 500], [420, 700]]) {
      test(`${theme.name}, ${width}×${height}: accessible, nothing cut off`, async () => {
        const view = await opened(browser, { theme, width, height });
        await view.page.waitForFunction(() => [...document.images].every(image => image.complete && image.naturalWidth === 320));
        assert.equal(await view.page.locator('img').count(), 3);
        assert.ok(await view.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
        await assertSound(view, `gallery-${theme.name}-${width}`);
        await view.close();
      });
    }
  }

  test('orders by name and by regions, keeps the order, and opens what is clicked', async () => {
    const view = await opened(browser, { theme: dark });
    const shown = () => view.page.locator('.card .name').allInnerTexts();
    assert.deepEqual(await shown(), ['beach.jpg', 'gone.jpg', 'street 9.jpg', 'street 10.jpg']);
    await view.page.getByLabel('Order').selectOption('Fewest Regions');
    assert.deepEqual(await shown(), ['street 9.jpg', 'street 10.jpg', 'beach.jpg', 'gone.jpg']);
    await view.page.getByLabel('Order').selectOption('Most Regions');
    assert.deepEqual(await shown(), ['beach.jpg', 'street 10.jpg', 'street 9.jpg', 'gone.jpg']);
    assert.match(await view.page.locator('.cards').innerText(), /40 regions[^]*12 regions[^]*7 regions[^]*No mask yet/);
    await view.page.getByRole('button', { name: 'street 9.jpg' }).click();
    assert.deepEqual(await view.posted('open'), [{ type: 'open', index: 1 }]);
    const kept = await view.kept();
    await view.close();
    const again = await opened(browser, { theme: dark, kept });
    assert.equal((await again.page.locator('.card .name').allInnerTexts())[0], 'beach.jpg');
    await again.close();
  });
});
