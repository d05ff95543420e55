import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { maskColours } from './support/colours';
import { MaskEditor } from './support/maskEditor';
import { killServer } from './support/processes';
import { inWindow, openSession, screenshot, type Session } from './support/session';
import { until } from '../support/until';
import { chooseInExplorer, isDirty, notification, pressInEditor, selectTwo } from './support/workbench';

/** Trains for minutes, so that a test can act in the middle. */
const slow = {
  'labelless.method': 'continuity',
  'labelless.continuity.iterations': 10_000,
  'labelless.continuity.minimumLabels': 2,
};

suite('batches, Stop and a killed server', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('a folder is segmented as one batch with a summary', () =>
    inWindow(session, {}, 'batch', async ({ page, folder }) => {
      await chooseInExplorer(page, 'batch', 'Segment Image');
      await notification(page, '3 images segmented').waitFor({ timeout: 60_000 });
      await screenshot(page, 'batch');
      for (const seed of [2, 3, 4]) {
        const { width, height } = maskColours(path.join(folder, 'batch', `picture ${seed}.mask.png`));
        assert.deepEqual([width, height], [120, 90]);
        assert.ok(existsSync(path.join(folder, 'batch', `picture ${seed}.mask.json`)));
      }
    }));

  test('several selected images are segmented, the others are not', () =>
    inWindow(session, {}, 'selection', async ({ page, folder }) => {
      await selectTwo(page, 'batch', 'picture 2.png', 'picture 3.png');
      await chooseInExplorer(page, 'picture 3.png', 'Segment Image');
      await notification(page, '2 images segmented').waitFor({ timeout: 60_000 });
      assert.ok(existsSync(path.join(folder, 'batch', 'picture 2.mask.png')));
      assert.ok(!existsSync(path.join(folder, 'batch', 'picture 4.mask.png')));
    }));

  test('Stop in the middle of training keeps the best result so far', () =>
    inWindow(session, { settings: slow }, 'stop', async ({ page, folder }) => {
      await chooseInExplorer(page, 'shapes.png', 'Segment Image');
      const editor = new MaskEditor(page);
      await editor.training();
      await screenshot(page, 'training');
      await editor.button('Stop').click();
      await editor.finished();
      assert.ok((await editor.regions()) > 1);
      await until('the stopped run is an unsaved edit', () => isDirty(page, 'shapes.png'));
      await pressInEditor(editor, 'ControlOrMeta+s');
      await until('the mask is written', () => existsSync(path.join(folder, 'shapes.mask.json')));
      assert.match(readFileSync(path.join(folder, 'shapes.mask.json'), 'utf8'), /"stopped":\s*true/);
    }));

  test('a server killed in the middle of training is replaced: the editor says so and runs again at once', () =>
    inWindow(session, { settings: slow }, 'killed', async ({ page }) => {
      await chooseInExplorer(page, 'shapes.png', 'Segment Image');
      const editor = new MaskEditor(page);
      await editor.training();
      killServer(session.host.pid);
      await notification(page, 'stopped in the middle of the work').waitFor();
      await screenshot(page, 'server-killed');
      await editor.button('Segment Image').click();
      await editor.training();
      await editor.button('Stop').click();
      await editor.finished();
      assert.ok((await editor.regions()) > 1);
    }));
});
