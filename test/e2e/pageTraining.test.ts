import assert from 'node:assert/strict';
import { encode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { encodeMaskPng } from '../../mask/files/indexedPng';
import { street, streetClasses } from '../../server/src/engine/dataset/testing/streets';
import type { TrainingPoint } from '../../protocol/trainingPoint';
import type { TrainingRun } from '../../protocol/trainingRun';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light } from './support/themes';

const run: TrainingRun = {
  folder: '/runs/streets',
  name: 'streets',
  state: 'running',
  step: 420,
  steps: 1000,
  mIoU: 0.43,
  heldOutMIoU: 0.695,
  secondsLeft: 95,
  experiment: '/streets.adapt.json',
  checkpoint: 400,
};
const points: TrainingPoint[] = Array.from({ length: 42 }, (_, index) => ({
  step: 10 * (index + 1),
  steps: 1000,
  learningRate: 0.001,
  secondsPerStep: 0.1,
  losses: {
    segmentation: 1.6 * Math.exp(-index / 12),
    adversarial: 0.7 + 0.1 * Math.sin(index),
    discriminator: 0.68 - 0.002 * index,
  },
  ...(index % 10 === 9 && {
    evaluation: { mIoU: 0.2 + (0.06 * index) / 10, pixelAccuracy: 0.6, perClass: [0.9, 0.7, 0.4, 0.8, null] },
    heldOut: { mIoU: 0.5 + index / 200, pixelAccuracy: 0.8, perClass: [0.9, 0.8, 0.6, 0.9, null] },
  }),
}));

/** A page with a run in full swing. */
async function opened(
  browser: Browser,
  options: Omit<Parameters<typeof EditorPage.open>[1], 'name'>,
): Promise<EditorPage> {
  const page = await EditorPage.open(browser, { ...options, name: 'training' });
  await page.send({ type: 'contents', run, classes: streetClasses, points });
  for (const seed of [1, 2, 3]) {
    const {
      picture: { width, height, rgb },
      labels,
    } = street(160, 120, seed, 'night');
    await page.send({
      type: 'picture',
      picture: `street ${seed}`,
      bytes: encode({ width, height, data: rgb, channels: 3 }),
    });
    for (const step of [200, 400]) {
      const seen = Uint16Array.from(labels, label => label + 1);
      await page.send({
        type: 'prediction',
        picture: `street ${seed}`,
        step,
        bytes: encodeMaskPng(
          { width, height, labels: seen },
          streetClasses.map(({ colour }) => colour),
        ),
      });
    }
  }
  return page;
}

suite('page of the training view', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [
      [1280, 1100],
      [480, 800],
    ]) {
      test(`${theme.name}, ${width}×${height}: curves, pictures and classes, accessible`, async () => {
        const view = await opened(browser, { theme, width, height });
        await view.drawn();
        assert.ok(
          await view.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
          'nothing hangs over the side',
        );
        await assertSound(view, `training-${theme.name}-${width}`);
        await view.close();
      });
    }
  }

  test('scores on held-out pictures have a chart of their own, and the table where there are no others', async () => {
    const view = await opened(browser, { theme: dark });
    const latest = view.page.locator('.chart', { hasText: 'On held-out source pictures' }).locator('output');
    assert.deepEqual(await latest.allInnerTexts(), ['0.695', '0.800']);
    const heading = view.page.locator('.classes th').last();
    assert.equal(await heading.innerText(), 'IoU');
    const alone = structuredClone(points);
    for (const point of alone) delete point.evaluation;
    const best = { step: 400, heldOutMIoU: 0.695 };
    await view.send({ type: 'contents', run: { ...run, best }, classes: streetClasses, points: alone });
    assert.equal(await heading.innerText(), 'held-out IoU');
    await view.page.getByText('segments with step 400 (0.695)').waitFor();
    await view.close();
  });

  test('offers the export of its network once it has ended with one', async () => {
    const view = await opened(browser, { theme: dark });
    const button = view.page.locator('vscode-button', { hasText: 'Export Network' });
    const untrained = structuredClone(run);
    delete untrained.checkpoint;
    const show = (changed: TrainingRun) => view.send({ type: 'news', run: changed, points: [], messages: [] });
    assert.equal(await button.isVisible(), false);
    await show({ ...run, state: 'finished' });
    await button.waitFor();
    await view.page.screenshot({ path: 'out/screenshots/training-ended.png' });
    await show({ ...untrained, state: 'failed' });
    await button.waitFor({ state: 'hidden' });
    await view.close();
  });

  test('draws curves, tells their latest values, and replaces steps that are done again', async () => {
    const view = await opened(browser, { theme: dark });
    const painted = () =>
      view.page
        .locator('.plot canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          return data.reduce((count, value, index) => count + (index % 4 === 3 && value > 0 ? 1 : 0), 0);
        });
    assert.ok((await painted()) > 500, 'something is drawn');
    const segmentation = view.page.locator('.latest li', { hasText: 'segmentation' }).locator('output');
    assert.equal(await segmentation.innerText(), points.at(-1)!.losses.segmentation.toPrecision(3));
    await view.send({
      type: 'news',
      run: { ...run, step: 410 },
      points: [{ ...points[40], losses: { segmentation: 0.125 } }],
      messages: ['a.jpg: skipped'],
    });
    assert.equal(await segmentation.innerText(), '0.125');
    await view.page.getByText('a.jpg: skipped').waitFor();
    await view.close();
  });

  test("the buttons are those of the run's state, and say what they are", async () => {
    const view = await opened(browser, { theme: dark });
    const buttons = () => view.page.locator('.actions vscode-button:visible').allInnerTexts();
    assert.deepEqual(await buttons(), ['Pause', 'Stop', 'Experiment', 'Folder']);
    await view.page.locator('vscode-button', { hasText: 'Pause' }).click();
    assert.deepEqual(await view.posted('action'), [{ type: 'action', action: 'pause' }]);
    await view.send({ type: 'news', run: { ...run, state: 'stopped' }, points: [], messages: [] });
    assert.deepEqual(await buttons(), ['Resume', 'Evaluate', 'Export Network', 'Experiment', 'Folder']);
    await view.send({
      type: 'news',
      run: { ...run, state: 'failed', error: 'Step 421: a loss is no number any more' },
      points: [],
      messages: [],
    });
    await view.page.getByText('failed: Step 421').waitFor();
    await view.send({ type: 'problem', message: '/runs/streets: the folder is gone' });
    await view.page.getByRole('alert').getByText('the folder is gone').waitFor();
    await view.page.getByRole('button', { name: 'Dismiss' }).click();
    await view.page.getByRole('alert').waitFor({ state: 'hidden' });
    await view.close();
  });

  test('the slider of a picture goes back to an earlier step', async () => {
    const view = await opened(browser, { theme: dark });
    const figure = view.page.locator('figure').first();
    await figure.getByText('step 400').waitFor();
    await figure.getByLabel('Step of street 1').fill('0');
    await figure.getByText('step 200').waitFor();
    await view.close();
  });
});
