import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light } from './support/themes';

const names = ['street 10.jpg', 'street 9.jpg', 'beach.jpg', 'gone.jpg'];
const colours = ['#884422', '#228844', '#4422aa'];
const regions = [12, 7, 40];
const uncertainties = [0.25, 0.061, null];

/** A gallery with three results and a failure. */
async function opened(
  browser: Browser,
  options: Omit<Parameters<typeof EditorPage.open>[1], 'name'>,
): Promise<EditorPage> {
  const view = await EditorPage.open(browser, { ...options, name: 'gallery' });
  await view.send({
    type: 'images',
    images: names.map(name => ({ name, uri: `file:///photos/${encodeURIComponent(name)}` })),
    notice: null,
  });
  for (const [index, background] of colours.entries()) {
    const bytes = new Uint8Array(
      await sharp({ create: { width: 320, height: index === 1 ? 480 : 240, channels: 3, background } })
        .webp()
        .toBuffer(),
    );
    await view.send({
      type: 'result',
      index,
      mime: 'image/webp',
      bytes,
      regions: regions[index],
      uncertainty: uncertainties[index],
    });
  }
  await view.send({ type: 'failed', index: 3, message: 'No mask yet' });
  return view;
}

suite('page of a gallery of results', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [
      [1000, 500],
      [420, 700],
    ]) {
      test(`${theme.name}, ${width}×${height}: accessible, nothing cut off`, async () => {
        const view = await opened(browser, { theme, width, height });
        await view.page.waitForFunction(() =>
          [...document.images].every(image => image.complete && image.naturalWidth === 320),
        );
        assert.equal(await view.page.locator('img').count(), 3);
        assert.ok(
          await view.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
        );
        await assertSound(view, `gallery-${theme.name}-${width}`);
        await view.close();
      });
    }
  }

  test('orders by name, uncertainty and regions, keeps the order and the images, and opens what is clicked', async () => {
    const view = await opened(browser, { theme: dark });
    const shown = () => view.page.locator('.card .name').allInnerTexts();
    assert.deepEqual(await shown(), ['beach.jpg', 'gone.jpg', 'street 9.jpg', 'street 10.jpg']);
    await view.page.getByLabel('Order').selectOption('Most Uncertain');
    assert.deepEqual(await shown(), ['street 10.jpg', 'street 9.jpg', 'beach.jpg', 'gone.jpg']);
    assert.match(
      await view.page.locator('.cards').innerText(),
      /Uncertainty 25 %[^]*Uncertainty 6\.1 %[^]*Uncertainty not known[^]*No mask yet/,
    );
    assert.match(
      (await view.page.getByText('Uncertainty 25 %').getAttribute('title')) ?? '',
      /would change with its granularity/,
    );
    await view.page.getByLabel('Order').selectOption('Fewest Regions');
    assert.deepEqual(await shown(), ['street 9.jpg', 'street 10.jpg', 'beach.jpg', 'gone.jpg']);
    await view.page.getByLabel('Order').selectOption('Most Regions');
    assert.deepEqual(await shown(), ['beach.jpg', 'street 10.jpg', 'street 9.jpg', 'gone.jpg']);
    assert.match(await view.page.locator('.cards').innerText(), /40 regions[^]*12 regions[^]*7 regions[^]*No mask yet/);
    await view.page.getByRole('button', { name: 'street 9.jpg' }).click();
    assert.deepEqual(await view.posted('open'), [{ type: 'open', index: 1 }]);
    const kept = await view.kept();
    assert.deepEqual(kept, {
      order: 'most',
      images: ['street%2010', 'street%209', 'beach', 'gone'].map(stem => `file:///photos/${stem}.jpg`),
    });
    await view.close();
    const again = await opened(browser, { theme: dark, kept });
    assert.equal((await again.page.locator('.card .name').allInnerTexts())[0], 'beach.jpg');
    await again.close();
  });

  test('tells what it cannot show', async () => {
    const view = await EditorPage.open(browser, { theme: dark, name: 'gallery' });
    await view.send({
      type: 'images',
      images: [{ name: 'a.png', uri: 'file:///a.png' }],
      notice: 'Restricted Mode: the masks alone are shown.',
    });
    await view.page.getByRole('status').filter({ hasText: 'the masks alone are shown' }).waitFor();
    await view.send({ type: 'images', images: [{ name: 'a.png', uri: 'file:///a.png' }], notice: null });
    await view.page.locator('.notice').waitFor({ state: 'hidden' });
    await view.close();
  });
});
