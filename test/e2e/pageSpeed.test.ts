import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/editorPage';
import { frameLine, gestures, timeFrames } from './support/frames';
import { gridScene, maskAt, sendScene } from './support/scene';
import { dark } from './support/themes';

/** 4 megapixels. */
const scene = gridScene(2400, 1680, 40, 30);

suite("speed of the mask editor's page at 4 megapixels", () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const canvasOnly of [false, true]) {
    test(`a slider step ${canvasOnly ? 'without' : 'with'} WebGL`, async () => {
      const editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, scene, 1);
      const times = await timeFrames(editor, 'granularity', 40);
      console.log(frameLine(`slider step ${canvasOnly ? 'without' : 'with'} WebGL`, times));
      assert.ok(times.fastest < 100);
      await editor.close();
    });
  }

  for (const canvasOnly of [false, true]) {
    test(`three columns side by side take no longer than one picture ${canvasOnly ? 'without' : 'with'} WebGL`, async () => {
      const editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, scene, 1);
      await editor.send({ type: 'compare', against: { kind: 'granularity', granularity: 0.5 } });
      await editor.page.getByText('Agreement').waitFor(); // measuring it is no part of a frame
      const fastest = { split: Infinity, columns: Infinity };
      for (const layout of ['split', 'columns', 'split', 'columns'] as const) {
        // by turns: other programs run on this machine too
        const times = await timeFrames(editor, 'pan', 12);
        console.log(frameLine(`pan, ${layout}, ${canvasOnly ? 'without' : 'with'} WebGL`, times));
        fastest[layout] = Math.min(fastest[layout], times.fastest);
        await editor.page.locator('.stage').press('c');
        await editor.drawn();
      }
      assert.ok(fastest.columns < 2 * fastest.split, JSON.stringify(fastest));
      await editor.close();
    });
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
    const took = await editor.page.evaluate(
      mask =>
        Math.min(
          ...Array.from({ length: 5 }, () => {
            const started = performance.now();
            window.dispatchEvent(new MessageEvent('message', { data: { type: 'mask', mask } }));
            return performance.now() - started;
          }),
        ),
      maskAt(many, 0.5),
    ); // the best of five: other programs run on this machine too
    console.log(`      a mask of 1,000 labels is taken in ${took.toFixed(1)} ms`);
    assert.ok(took < 50);
    await editor.close();
  });
});

suite("speed of the mask editor's page at 24 megapixels, in software", () => {
  let browser: Browser;
  const large = gridScene(6000, 4000, 40, 30);
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const canvasOnly of [false, true]) {
    const how = canvasOnly ? 'without WebGL' : 'with WebGL';
    test(`zoom, pan, hover, opacity and slider ${how}`, async () => {
      const editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, large, 1);
      const times = [];
      for (const gesture of gestures) times.push({ gesture, ...(await timeFrames(editor, gesture)) });
      for (const one of times) console.log(frameLine(`${one.gesture} ${how}`, one));
      // The aim is a median of 100 ms. What is asserted is looser, since other programs run on this machine too.
      assert.deepEqual(
        times.filter(({ fastest }) => fastest >= 300),
        [],
      );
      await editor.close();
    });
  }
});
