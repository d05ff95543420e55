import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { wholeList, type SessionImage } from '../../mask/session/imageList';
import type { GallerySource } from '../../protocol/galleryPage';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light } from './support/themes';

const classes = [
  { id: 1, name: 'road', colour: '#804080' },
  { id: 2, name: 'sky', colour: '#4682b4' },
];
const images: SessionImage[] = [
  { path: 'beach.jpg', status: 'edited', labels: 40, classes: [], uncertainty: null },
  { path: 'gone.jpg', status: 'none', labels: 0, classes: [], uncertainty: null },
  { path: 'street 9.jpg', status: 'approved', labels: 7, classes: [1, 2], uncertainty: 0.061 },
  { path: 'street 10.jpg', status: 'proposed', labels: 12, classes: [1], uncertainty: 0.25, problem: 'it is damaged' },
];
const colours = new Map([
  ['street 10.jpg', '#884422'],
  ['street 9.jpg', '#228844'],
  ['beach.jpg', '#4422aa'],
]);
const uris = images.map(({ path }) => `file:///photos/${encodeURIComponent(path)}`);

type Options = Omit<Parameters<typeof EditorPage.open>[1], 'name'>;

async function openedWith(
  browser: Browser,
  options: Options,
  shown: readonly SessionImage[],
  source: GallerySource,
  notice: string | null = null,
): Promise<EditorPage> {
  const view = await EditorPage.open(browser, { ...options, name: 'gallery' });
  await view.send({ type: 'gallery', source, notice });
  const list = { type: 'list', folder: 'photos', reading: false, view: wholeList, classes } as const;
  await view.send({ ...list, images: shown, current: shown[2]?.path ?? null });
  return view;
}

/** A gallery with three pictures and a failure. */
async function opened(browser: Browser, options: Options, source: GallerySource = 'session'): Promise<EditorPage> {
  const view = await openedWith(browser, options, images, source);
  for (const [path, background] of colours) {
    const height = path === 'street 9.jpg' ? 480 : 240;
    const picture = await sharp({ create: { width: 320, height, channels: 3, background } })
      .webp()
      .toBuffer();
    await view.send({ type: 'thumbnail', path, mime: 'image/webp', bytes: new Uint8Array(picture) });
  }
  await view.send({ type: 'failed', path: 'gone.jpg', message: 'it cannot be read' });
  return view;
}

suite('page of a gallery', () => {
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
        await view.page.getByRole('listbox').focus();
        await assertSound(view, `gallery-${theme.name}-${width}`);
        await view.close();
      });
    }
  }

  test('filters and orders, keeps that and the images, and opens what is clicked', async () => {
    const view = await opened(browser, { theme: dark }, uris);
    const shown = () => view.page.locator('.card .name').allInnerTexts();
    assert.deepEqual(await shown(), ['beach.jpg', 'gone.jpg', 'street 9.jpg', 'street 10.jpg']);
    const order = view.page.getByLabel('Order');
    await order.selectOption('Most Uncertain');
    assert.deepEqual(await shown(), ['street 10.jpg', 'street 9.jpg', 'beach.jpg', 'gone.jpg']);
    assert.match(
      await view.page.locator('.images').innerText(),
      /Uncertainty 25 %[^]*Uncertainty 6\.1 %[^]*Uncertainty not known[^]*it cannot be read/,
    );
    assert.match(
      (await view.page.getByText('Uncertainty 25 %').getAttribute('title')) ?? '',
      /would change with its granularity/,
    );
    await order.selectOption('Fewest Regions');
    assert.deepEqual(await shown(), ['street 9.jpg', 'street 10.jpg', 'beach.jpg', 'gone.jpg']);
    await order.selectOption('Most Regions');
    assert.deepEqual(await shown(), ['beach.jpg', 'street 10.jpg', 'street 9.jpg', 'gone.jpg']);
    assert.match(await view.page.locator('.images').innerText(), /40 regions[^]*12 regions[^]*7 regions/);
    await view.page.getByRole('option', { name: /^street 9\.jpg .*Approved, road, sky/ }).click();
    assert.deepEqual(await view.posted('open'), [{ type: 'open', path: 'street 9.jpg' }]);
    await view.page.getByLabel('Filter by name').fill('street');
    assert.deepEqual(await shown(), ['street 10.jpg', 'street 9.jpg']);
    const filtered = { ...wholeList, text: 'street', order: 'most' } as const;
    assert.deepEqual((await view.posted('listView')).at(-1), { type: 'listView', view: filtered });
    assert.deepEqual(await view.kept(), { source: uris, view: filtered });
    await view.close();
  });

  test('of 20,000 images asks for the pictures in sight once it rests, and keeps a bounded number', async () => {
    const many = Array.from({ length: 20_000 }, (_, index): SessionImage => {
      const path = `street ${String(index).padStart(5, '0')}.jpg`;
      return { path, status: 'proposed', labels: 5, classes: [1], uncertainty: 0.5 };
    });
    const view = await openedWith(browser, { theme: dark, width: 1000, height: 700 }, many, 'session');
    const asked = async (count: number) => {
      await view.page.waitForFunction(
        wanted => window.standIn.posted.filter(({ type }) => type === 'inSight').length >= wanted,
        count,
      );
      const all = await view.posted('inSight');
      assert.equal(all.length, count);
      return all.at(-1)!.paths;
    };
    assert.ok((await view.page.locator('.card').count()) < 60);
    const first = await asked(1);
    assert.ok(first.includes('street 00000.jpg') && first.length < 30, first.join());
    await view.page.getByRole('listbox').focus();
    for (const key of ['PageDown', 'PageDown', 'End']) await view.page.keyboard.press(key);
    const last = await asked(2);
    assert.ok(last.includes('street 19999.jpg') && last.length < 30, last.join());
    for (const { path } of many.slice(0, 400))
      await view.send({ type: 'thumbnail', path, mime: 'image/png', bytes: new Uint8Array() });
    await view.page.keyboard.press('Home');
    assert.deepEqual(new Set(await asked(3)), new Set(first), 'the first have been forgotten');
    await view.send({ type: 'changed', images: [{ ...many[0], status: 'approved' }] });
    await view.page.getByText('1 of 20,000 approved').waitFor();
    await view.close();
  });

  test('tells what it cannot show', async () => {
    const restricted = 'Restricted Mode: the masks alone are shown.';
    const view = await openedWith(browser, { theme: dark }, images, uris, restricted);
    await view.page.getByRole('heading', { name: 'Results' }).waitFor();
    await view.page.getByRole('status').filter({ hasText: 'the masks alone are shown' }).waitFor();
    await view.send({ type: 'gallery', source: uris, notice: null });
    await view.page.locator('.notice').waitFor({ state: 'hidden' });
    await view.close();
  });
});
