import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { writeStreets, streetClasses } from '../../server/src/engine/dataset/testing/streets';
import { chooseInSubmenu, explorerRow } from './support/explorer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { until } from '../support/until';
import { answerNotification, notification, pressInEditor, reloadWindow } from './support/workbench';

/**
 * An experiment of so many steps over rendered streets, with larger pictures than its own so that a step takes a while.
 */
function streets(steps: number) {
  return async (folder: string): Promise<void> => {
    await writeStreets(folder, {
      network: { channels: 8 },
      adaptation: { strategy: 'self-training' },
      training: { steps, size: [96, 64] },
      output: { checkpointEvery: 20, previews: 2 },
    });
  };
}

/** Opens the experiment file and clicks the lens that begins with a text. */
async function clickLens(page: Page, text: string): Promise<void> {
  await explorerRow(page, 'street.adapt.json').dblclick();
  await page.locator('.codelens-decoration a', { hasText: text }).first().click({ timeout: 60_000 });
}

function trainingView(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

suite('training from an experiment file', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('the lens trains, the view shows it, and the model segments a photo', () =>
    inWindow(session, { prepare: streets(80), height: 1000 }, 'training', async ({ page, folder }) => {
      await clickLens(page, 'Train');
      const view = trainingView(page);
      await view.getByText('step 80 of 80').waitFor({ timeout: 90_000 });
      await view.locator('.state', { hasText: 'finished' }).waitFor();
      await view.locator('figure img').first().waitFor();
      await screenshot(page, 'training-finished');
      await answerNotification(notification(page, 'has finished training'), 'Use for Segmenting');
      await until('the settings name the run', () =>
        readFileSync(path.join(folder, '.vscode', 'settings.json'), 'utf8').includes('adaptation.checkpoint'),
      );
      await chooseInSubmenu(page, 'shapes.png', 'Segment with Adapted Model');
      const editor = new MaskEditor(page);
      await editor.finished();
      const names = await editor.labels();
      assert.ok(
        names.length > 0 && names.every(name => streetClasses.some(street => name.startsWith(street.name))),
        names.join(),
      );
      await screenshot(page, 'adapted-mask');
      await pressInEditor(editor, 'ControlOrMeta+s');
      await until('the mask is written', () => existsSync(path.join(folder, 'shapes.mask.json')));
      assert.match(readFileSync(path.join(folder, 'shapes.mask.json'), 'utf8'), /"method":\s*"adapted"/);
    }));

  test('a run survives a reload of the window; it pauses, goes on, stops and is resumed', () =>
    inWindow(session, { prepare: streets(3000), height: 1000 }, 'training-reload', async ({ page }) => {
      await clickLens(page, 'Train');
      const view = trainingView(page);
      await view.getByText(/step [1-9]\d* of 3000/).waitFor({ timeout: 60_000 });
      await reloadWindow(page);
      await view.getByText(/step [1-9]\d* of 3000/).waitFor({ timeout: 60_000 });
      const step = async () => Number(/step (\d+)/.exec(await view.locator('.place').innerText())?.[1]);
      const before = await step();
      await until('training goes on', async () => (await step()) > before);
      await view.locator('vscode-button', { hasText: 'Pause' }).click();
      await view.locator('.state', { hasText: 'paused' }).waitFor();
      await view.locator('vscode-button', { hasText: 'Continue' }).click();
      await view.locator('.state', { hasText: 'training' }).waitFor();
      await screenshot(page, 'training-reloaded');
      await view.locator('vscode-button', { hasText: 'Stop' }).click();
      await view.locator('.state', { hasText: 'stopped' }).waitFor({ timeout: 30_000 });
      const stopped = await step();
      await view.locator('vscode-button', { hasText: 'Resume' }).click();
      await until('training goes on where it stopped', async () => (await step()) > stopped);
      await view.locator('vscode-button', { hasText: 'Stop' }).click();
      await view.locator('.state', { hasText: 'stopped' }).waitFor({ timeout: 30_000 });
    }));
});
