import type { Browser } from 'playwright-core';
import { cut } from '../../mask/regions/cut';
import { EditorPage } from '../../test/e2e/support/openedPage';
import { gridScene, maskAt, sendScene, type Scene } from '../../test/e2e/support/scene';
import { dark } from '../../test/e2e/support/themes';
import { startBrowser } from '../../test/host/browser';
import { gestures, timeFrames } from './frameTimes';
import { listTimes } from './listTimes';

/** Milliseconds, or a ratio, by the name of the measurement. */
type Measures = Record<string, number>;

/**
 * The mask editor's page by itself in a browser that draws in software: prints JSON of what each gesture takes, in the
 * median. `node bench/bundle.mjs browser/pageSpeed`, from the repository's folder and behind `npm run build`.
 */
async function main(): Promise<void> {
  const measures: Measures = { 'cut of 20,000 regions': cutTime(20_000) };
  const browser = await startBrowser();
  try {
    const [four, twentyFour] = [gridScene(2400, 1680, 40, 30), gridScene(6000, 4000, 40, 30)];
    for (const canvasOnly of [false, true]) {
      const renderer = canvasOnly ? 'canvas' : 'WebGL';
      await onPage(browser, four, canvasOnly, async editor => {
        measures[`4 megapixels, slider, ${renderer}`] = (await timeFrames(editor, 'granularity', 40)).median;
        measures[`4 megapixels, three columns by one, ${renderer}`] = await columnsByOne(editor);
      });
      await onPage(browser, twentyFour, canvasOnly, async editor => {
        for (const gesture of gestures)
          measures[`24 megapixels, ${gesture}, ${renderer}`] = (await timeFrames(editor, gesture)).median;
      });
    }
    await onPage(browser, gridScene(500, 400, 50, 40), false, async editor => {
      measures['mask of 1,000 labels taken in'] = await intakeTime(editor);
    });
    Object.assign(measures, await listTimes(browser));
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(measures));
}

async function onPage(
  browser: Browser,
  scene: Scene,
  canvasOnly: boolean,
  measure: (editor: EditorPage) => Promise<void>,
): Promise<void> {
  const editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
  await sendScene(editor, scene, 1);
  await measure(editor);
  await editor.close();
}

/**
 * The time of panning three columns side by side, relative to panning one picture with a divider: the fastest frames,
 * measured in turns.
 */
async function columnsByOne(editor: EditorPage): Promise<number> {
  await editor.send({ type: 'compare', against: { kind: 'granularity', granularity: 0.5 } });
  await editor.page.getByText('Agreement').waitFor(); // measuring it is no part of a frame
  const fastest = { split: Infinity, columns: Infinity };
  for (const layout of ['split', 'columns', 'split', 'columns'] as const) {
    fastest[layout] = Math.min(fastest[layout], (await timeFrames(editor, 'pan', 12)).fastest);
    await editor.page.locator('.stage').press('c');
    await editor.drawn();
  }
  return fastest.columns / fastest.split;
}

/** The time from the arrival of a mask of 1,000 labels to the list: the best of five. */
function intakeTime(editor: EditorPage): Promise<number> {
  return editor.page.evaluate(
    mask =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const started = performance.now();
          window.dispatchEvent(new MessageEvent('message', { data: { type: 'mask', mask } }));
          return performance.now() - started;
        }),
      ),
    maskAt(gridScene(500, 400, 50, 40), 0.5),
  );
}

/** The time of a cut of a hierarchy whose regions merge one after the other: the median over the granularities. */
function cutTime(count: number): number {
  const hierarchy = {
    count,
    levels: Float32Array.from({ length: count - 1 }, (_, k) => 1 - k / count),
    left: Uint32Array.from({ length: count - 1 }, (_, k) => (k === 0 ? 0 : count + k - 1)),
    right: Uint32Array.from({ length: count - 1 }, (_, k) => k + 1),
  };
  const times = Array.from({ length: 21 }, (_, i) => {
    const started = performance.now();
    cut(hierarchy, i / 20);
    return performance.now() - started;
  }).sort((a, b) => a - b);
  return times[10] ?? NaN;
}

void main();
