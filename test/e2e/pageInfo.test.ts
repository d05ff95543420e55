import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { violationsOf } from './support/pageChecks';
import { EditorPage } from './support/openedPage';
import { gridScene, maskAt, sendScene } from './support/scene';
import { dark, highContrast, light } from './support/themes';

const scene = gridScene(480, 320, 6, 4);

suite("information in the mask editor's page", () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    test(`tells of picture, file and label areas, ${theme.name}`, async () => {
      const editor = await EditorPage.open(browser, { theme });
      await sendScene(editor, scene, 0.5);
      const button = editor.page.getByRole('button', { name: 'Information' });
      const panel = editor.page.getByRole('dialog', { name: 'Information' });
      assert.deepEqual(await editor.posted('info'), [], 'nothing is asked before somebody wants to know');
      await button.click();
      assert.equal((await editor.posted('info')).length, 1);
      assert.match(await panel.innerText(), /480 × 320 \(0\.15 megapixels\)/);
      const header = {
        kind: 'jpeg',
        width: 480,
        height: 320,
        channels: 3,
        depth: 8,
        pages: 1,
        size: 34_140,
        orientation: 6,
      };
      await editor.send({ type: 'info', bytes: 34_140, header });
      assert.match(
        (await panel.innerText()).replace(/\s+/g, ' '),
        /File 34\.1 kB Format JPEG Pixels 3 channels of 8 bits Orientation turned by 90° to the right \(EXIF 6\)/,
      );
      const areas = maskAt(scene, 0.5).labels.map(label => label.area);
      const large = areas.filter(area => area >= 10_000).length;
      assert.ok(large > 0 && large < areas.length);
      const rows = await panel.getByRole('row').allInnerTexts();
      const cells = rows.slice(1).map(row => row.split(/\s+px\s+/));
      assert.equal(
        cells.reduce((sum, [, count]) => sum + Number(count), 0),
        areas.length,
      );
      assert.equal(Number(cells.find(([from]) => from.startsWith('3K'))![1]), areas.length - large);
      await editor.drawn();
      await editor.page.screenshot({ path: path.resolve('out', 'screenshots', `page-info-${theme.name}.png`) });
      await editor.page.keyboard.press('Escape');
      assert.ok(await panel.isHidden());
      await button.click();
      await button.click();
      assert.ok(await panel.isHidden(), 'the button closes what it opened');
      await button.click();
      assert.equal((await editor.posted('info')).length, 1, 'what is known is not asked again');
      assert.deepEqual(editor.complaints, []);
      assert.deepEqual(await violationsOf(editor.page), []);
      await editor.close();
    });
  }

  test('says why a part is not known', async () => {
    const editor = await EditorPage.open(browser, { theme: dark });
    await sendScene(editor, scene, 1);
    await editor.page.getByRole('button', { name: 'Information' }).click();
    await editor.send({ type: 'info', bytes: 812, header: null, reason: 'This needs a trusted workspace.' });
    assert.match(
      await editor.page.getByRole('dialog', { name: 'Information' }).innerText(),
      /812 bytes[^]*This needs a trusted workspace\./,
    );
    await editor.close();
  });
});
