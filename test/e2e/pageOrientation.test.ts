import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { dark } from './support/themes';

const [width, height] = [48, 32];

suite("a picture that the mask editor's page decodes", () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  const picture = () => sharp({ create: { width, height, channels: 3, background: '#205080' } });

  test('to another size than the server is replaced by that of the server, once', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    const turned = new Uint8Array(await picture().withMetadata({ orientation: 6 }).webp().toBuffer());
    const size = { width: height, height: width };
    await editor.send({ type: 'picture', name: 'a.webp', mime: 'image/webp', bytes: turned, ...size });
    await editor.page.waitForTimeout(500);
    assert.equal((await editor.posted('pictureDiffers')).length, 1);
    const own = new Uint8Array(await picture().rotate(90).png().toBuffer());
    await editor.send({ type: 'picture', name: 'a.webp', mime: 'image/png', bytes: own, ...size });
    await editor.page.getByLabel('Picture a.webp').waitFor();
    assert.equal((await editor.posted('pictureDiffers')).length, 1);
  });

  test('to the size of the server is shown: browsers follow the orientation of JPEG', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    const turned = new Uint8Array(await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    await editor.send({
      type: 'picture',
      name: 'a.jpg',
      mime: 'image/jpeg',
      bytes: turned,
      width: height,
      height: width,
    });
    await editor.page.getByLabel('Picture a.jpg').waitFor();
    assert.deepEqual(await editor.posted('pictureDiffers'), []);
  });
});
