import assert from 'node:assert/strict';
import path from 'node:path';
import { decode, encode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { neutralDisplay, type PictureDisplay } from '../../protocol/pictureDisplay';
import { applyTones, tonesOf } from '../../webview/editor/renderer/tones';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { violationsOf } from './support/pageChecks';
import { gridScene, sendScene } from './support/scene';
import { dark, highContrast, light } from './support/themes';

const [width, height] = [160, 96];
const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => {
  const pixel = Math.floor(at / 3);
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  return [60 + x, 200 - y + ((x * 3) % 17), 40 + ((x >> 3) ^ (y >> 3)) * 4][at % 3];
});
const scene = {
  ...gridScene(width, height, 2, 2),
  png: encode({ width, height, channels: 3, depth: 8, data: rgb }),
};
const displays: Partial<PictureDisplay>[] = [
  { brightness: 20, contrast: 30, gamma: 1.5 },
  { channel: 'luminance', contrast: -40 },
  { channel: 'blue', gamma: 0.5 },
  { local: 70 },
  { local: 40, channel: 'red', brightness: -10 },
];

suite("the display of the picture in the mask editor's page", () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  /** The picture's pixels as they are on the screen, without labels, a device pixel each. */
  async function pictureOn(editor: EditorPage): Promise<Uint8Array> {
    await editor.send({ type: 'act', action: 'view.fit' });
    await editor.send({ type: 'act', action: 'view.actualSize' });
    await editor.page.mouse.move(2, 2);
    await editor.drawn();
    const box = (await editor.page.locator('.stage').boundingBox())!;
    const shot = decode(await editor.page.screenshot());
    const [left, top] = [Math.round(box.x + (box.width - width) / 2), Math.round(box.y + (box.height - height) / 2)];
    return Uint8Array.from({ length: 3 * width * height }, (_, at) => {
      const pixel = Math.floor(at / 3);
      const place = (top + Math.floor(pixel / width)) * shot.width + left + (pixel % width);
      return shot.data[place * shot.channels + (at % 3)];
    });
  }

  test('is drawn alike with WebGL and without, and as computed', async () => {
    const kept = { show: 'picture', outlines: false, list: false, display: { ...neutralDisplay, ...displays[0] } };
    const drawn: Uint8Array[][] = [];
    for (const canvasOnly of [false, true]) {
      const editor = await EditorPage.open(browser, { theme: dark, canvasOnly, kept });
      await sendScene(editor, scene, 1);
      const pictures: Uint8Array[] = [];
      for (const [index, display] of displays.entries()) {
        // The first is the one that was kept.
        if (index > 0) await editor.send({ type: 'display', display: { ...neutralDisplay, ...display } });
        pictures.push(await pictureOn(editor));
      }
      drawn.push(pictures);
      assert.deepEqual(editor.complaints, []);
      await editor.close();
    }
    for (const [index, display] of displays.entries()) {
      const [withWebGl, without] = drawn.map(pictures => pictures[index]);
      const apart = withWebGl.map((value, at) => Math.abs(value - without[at]));
      assert.ok(Math.max(...apart) <= 2, `${JSON.stringify(display)}: ${Math.max(...apart)} levels apart`);
      if (display.local !== undefined) continue;
      const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
      for (let p = 0; p < width * height; p++) pixels.set(rgb.subarray(3 * p, 3 * p + 3), 4 * p);
      const area = { x: 0, y: 0, width, height };
      applyTones(pixels, area, area, tonesOf({ ...neutralDisplay, ...display }, null)!);
      const off = withWebGl.map((value, at) => Math.abs(value - pixels[4 * Math.floor(at / 3) + (at % 3)]));
      assert.ok(Math.max(...off) <= 1, `${JSON.stringify(display)}: ${Math.max(...off)} levels off`);
    }
  });

  for (const theme of [light, highContrast]) {
    test(`its panel is accessible, ${theme.name}`, async () => {
      const editor = await EditorPage.open(browser, { theme, kept: { display: { ...neutralDisplay, contrast: 25 } } });
      await sendScene(editor, scene, 1);
      await editor.page.getByRole('button', { name: 'Display of the Picture' }).click();
      assert.equal(await editor.page.getByLabel('Contrast', { exact: true }).getAttribute('aria-valuetext'), '+25 %');
      assert.deepEqual(await violationsOf(editor.page), []);
      await editor.page.screenshot({ path: path.resolve('out', 'screenshots', `page-display-${theme.name}.png`) });
      await editor.close();
    });
  }

  test('offers what there is to choose from in an image file, and asks for what is chosen', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    const { page } = editor;
    await sendScene(editor, scene, 1);
    await page.getByRole('button', { name: 'Display of the Picture' }).click();
    const file = page.getByRole('group', { name: 'Image file' });
    assert.ok(await file.isHidden(), 'of an ordinary picture there is no choice');
    const view = { range: 'auto', bands: [], page: 1 };
    const source = { kind: 'tiff', bands: 6, pages: 3, view, range: { low: 12, high: 4000 } };
    await editor.send({ type: 'picture', name: 'a.tif', bytes: scene.png, mime: 'image/png', source });
    await page.getByLabel('Range of values').selectOption('Percentiles');
    await page.getByLabel('Bands', { exact: true }).selectOption('Red, green and blue');
    await page.getByLabel('Band of red').fill('4');
    await page.getByLabel('Page', { exact: true }).fill('2');
    await page.keyboard.press('Tab');
    const last = async () => (await editor.posted('view')).at(-1)!.view;
    assert.deepEqual(await last(), { range: '0.5%..99.5%', bands: [4, 2, 3], page: 2 });
    await page.getByLabel('Band of red').fill('7');
    await page.getByLabel('White').fill('0.1');
    await page.keyboard.press('Tab');
    assert.deepEqual((await last()).bands, [4, 2, 3], 'what is not possible is not asked for');
    assert.deepEqual(editor.complaints, []);
    assert.deepEqual(await violationsOf(page), []);
    await page.screenshot({ path: path.resolve('out', 'screenshots', 'page-display-source.png') });
    assert.deepEqual(((await editor.kept()) as { view: unknown }).view, await last());
    await editor.close();
  });

  test('sliders, channels and reset work by keyboard, and the file’s values stay', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    await sendScene(editor, scene, 1);
    const { page } = editor;
    await page.locator('.stage').focus();
    await page.keyboard.press('Shift+B');
    const panel = page.getByRole('dialog', { name: 'Display of the Picture' });
    await panel.waitFor();
    await page.getByLabel('Brightness').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByLabel('Brightness').getAttribute('aria-valuetext'), '+3 %');
    await page.getByLabel('Gamma').fill('0.5');
    assert.equal(await page.getByLabel('Gamma').getAttribute('aria-valuetext'), '1.41');
    await page.getByLabel('Local contrast').fill('60');
    await page.getByLabel('Channel').selectOption('Green');
    const display = { ...neutralDisplay, brightness: 3, gamma: 1.4142, local: 60, channel: 'green' as const };
    await editor.drawn();
    assert.deepEqual(((await editor.kept()) as { display: unknown }).display, display);
    assert.ok((await editor.posted('display')).every(message => message.display === null));
    await page.getByLabel('For all images of this window').check();
    assert.deepEqual((await editor.posted('display')).at(-1)!.display, display);
    assert.deepEqual(editor.complaints, []);
    assert.deepEqual(await violationsOf(page), []);
    await page.screenshot({ path: path.resolve('out', 'screenshots', 'page-display-dark.png') });
    await page.keyboard.press('Escape');
    assert.ok(await panel.isHidden());
    const { x, y } = await editor.place({ x: 10, y: 20 }, scene.regions);
    await page.mouse.move(x, y);
    const at = 3 * (20 * width + 10);
    const values = [...rgb.subarray(at, at + 3)];
    assert.ok(
      (await page.locator('.status .colour').innerText()).startsWith(`R ${values[0]} G ${values[1]} B ${values[2]}`),
    );
    await page.keyboard.press('u');
    assert.equal((await editor.posted('display')).at(-1)!.display!.channel, 'blue');
    await page.keyboard.press('Shift+U');
    assert.deepEqual((await editor.posted('display')).at(-1)!.display, neutralDisplay);
    await editor.send({ type: 'display', display: { ...neutralDisplay, contrast: 12 } });
    assert.equal(await page.getByLabel('Contrast', { exact: true }).inputValue(), '12', 'another image’s page');
    await editor.close();
  });
});
