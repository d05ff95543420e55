import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import {
  against,
  comparedScene as scene,
  greyHex,
  mine,
  seenInRow,
  colourOf,
  maskAt,
  sendScene,
} from './support/scene';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light } from './support/themes';

for (const canvasOnly of [false, true]) {
  suite(`comparing in the mask editor's page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let editor: EditorPage;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, scene, 1);
      await editor.page.getByLabel('Overlay opacity').fill('100');
    });
    teardown(async () => {
      const { complaints } = editor;
      await editor.close();
      assert.deepEqual(complaints, []);
    });

    const seen = () => seenInRow(editor);
    const divider = () => editor.page.getByRole('slider', { name: 'Divider of the comparison' });

    test('shows the picture left of the divider and the mask right of it, wherever keys and pointer move it', async () => {
      assert.ok(await divider().isHidden());
      await editor.send({ type: 'compare', against: { kind: 'picture' } });
      assert.deepEqual(await seen(), [greyHex, greyHex, mine[2], mine[3]]);
      assert.equal(await divider().getAttribute('aria-valuenow'), '50');
      await divider().focus();
      await editor.page.keyboard.press('End');
      assert.deepEqual(await seen(), [greyHex, greyHex, greyHex, greyHex]);
      await editor.page.keyboard.press('Home');
      assert.deepEqual(await seen(), mine);
      for (const key of ['PageUp', 'PageUp', 'ArrowRight', 'ArrowLeft', 'ArrowLeft'])
        await editor.page.keyboard.press(key);
      assert.equal(await divider().getAttribute('aria-valuenow'), '18');
      assert.match((await divider().getAttribute('aria-valuetext'))!, /18 % Picture, 82 % Mask/);
      const from = (await divider().boundingBox())!;
      const to = await editor.place({ x: 300, y: 120 }, scene.regions);
      await editor.page.mouse.move(from.x + from.width / 2, from.y + 40);
      await editor.page.mouse.down();
      await editor.page.mouse.move(to.x, to.y, { steps: 4 });
      await editor.page.mouse.up();
      assert.deepEqual(await seen(), [greyHex, greyHex, greyHex, mine[3]]);
      assert.deepEqual(await editor.posted('edit'), [], 'looking changes nothing');
    });

    test('shows another mask, and tells how far they agree, also after the mask has changed', async () => {
      await editor.send({ type: 'compare', against });
      assert.deepEqual(await seen(), [colourOf(2), colourOf(2), mine[2], mine[3]]);
      const bar = editor.page.getByRole('region', { name: 'Comparison' });
      await bar.getByText('Agreement: covering 0.500, mIoU 0.500').waitFor();
      assert.match(await bar.innerText(), /Left: truth\.png\s+6 labels/);
      // One label: it covers each of the six by a sixth.
      await editor.send({ type: 'mask', mask: maskAt(scene, 0) });
      await bar.getByText('Agreement: covering 0.167, mIoU 0.167').waitFor();
      assert.deepEqual((await seen()).slice(0, 2), [colourOf(2), colourOf(2)]);
    });

    test('shows another granularity of the same regions, by a slider of its own', async () => {
      await editor.send({ type: 'compare', against: { kind: 'granularity', granularity: 1 } });
      const bar = editor.page.getByRole('region', { name: 'Comparison' });
      await bar.getByText('Agreement: covering 1.000, mIoU 1.000').waitFor();
      await editor.page.getByLabel('Granularity to compare with').fill('0');
      assert.deepEqual(await seen(), [colourOf(0), colourOf(0), mine[2], mine[3]]);
      await bar.getByText('Agreement: covering 0.083, mIoU 0.083').waitFor();
      assert.match(await bar.innerText(), /Granularity 0 %\s+1 label/);
      assert.deepEqual(await editor.posted('edit'), []);
    });

    test('is chosen and ended by buttons', async () => {
      await editor.page.getByRole('button', { name: 'Compare With…' }).click();
      assert.equal((await editor.posted('compareWith')).length, 1);
      await editor.send({ type: 'compare', against });
      await editor.page.getByRole('button', { name: 'Stop Comparing' }).click();
      assert.equal((await editor.posted('stopComparing')).length, 1);
      await editor.send({ type: 'compare', against: null });
      assert.ok(await divider().isHidden());
      assert.deepEqual(await seen(), mine);
    });

    test('a mask that makes no sense is refused', async () => {
      await editor.send({ type: 'compare', against: { ...against, count: 3 } });
      assert.match(await editor.page.getByRole('alert').innerText(), /ids above its count/);
      assert.ok(await divider().isHidden());
    });
  });
}

suite('look of a comparison', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [
      [1280, 800],
      [700, 500],
    ]) {
      test(`${theme.name}, ${width}×${height}: accessible, nothing cut off`, async () => {
        const editor = await EditorPage.open(browser, { theme, width, height });
        await sendScene(editor, scene, 1);
        await editor.send({ type: 'compare', against });
        const bar = editor.page.getByRole('region', { name: 'Comparison' });
        await bar.getByText('Agreement').waitFor();
        await editor.page.getByRole('slider', { name: 'Divider of the comparison' }).focus();
        await editor.page.keyboard.press('ArrowLeft');
        await editor.drawn();
        await assertSound(editor, `page-compare-${theme.name}-${width}`);
        assert.deepEqual(
          await editor.page.evaluate(() =>
            ['.toolbar', '.comparison'].filter(one => {
              const element = document.querySelector(one)!;
              return element.scrollWidth > element.clientWidth;
            }),
          ),
          [],
        );
        await editor.close();
      });
    }
  }
});
