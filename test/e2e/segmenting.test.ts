import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { chooseInExplorer, keepsSelection, selectionOfTwo } from './support/explorer';
import { maskColours, sampleScreen, MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session, killServer, storedBackups } from './support/vscodeSession';
import { fromBackup } from '../../mask/files/maskFiles';
import { until } from '../support/until';
import { isDirty, notification, pressInEditor, reloadWindow } from './support/workbench';

suite('segmenting one image from the Explorer', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('what is on screen is what is saved; undo and a window reload keep their word', () =>
    inWindow(session, {}, 'segment', async ({ page, folder }) => {
      const picture = path.join(folder, 'shapes.png');
      const before = readFileSync(picture);
      const mask = path.join(folder, 'shapes.mask.png');

      await chooseInExplorer(page, 'shapes.png', 'Segment Image');
      const editor = new MaskEditor(page);
      await editor.finished();
      await screenshot(page, 'segmented');
      assert.ok(await isDirty(page, 'shapes.png'), 'a finished run is an unsaved edit');
      assert.ok(!existsSync(mask), 'nothing is written before saving');

      const first = await editor.regions();
      assert.ok(first > 1, `${first} regions`);
      await editor.granularity.fill('0.9');
      const finer = await editor.regions();
      assert.ok(finer > first, `${finer} regions at 0.9, ${first} before`);

      await editor.showColoursAlone();
      const shown = await sampleScreen(editor);
      await pressInEditor(editor, 'ControlOrMeta+s');
      await until('the mask is written', () => existsSync(mask) && existsSync(path.join(folder, 'shapes.mask.json')));
      await until('the tab is clean', async () => !(await isDirty(page, 'shapes.png')));
      const file = maskColours(mask);
      assert.deepEqual([file.width, file.height], [160, 120]);
      assert.ok(shown.length > 20, `only ${shown.length} samples`);
      assert.ok(new Set(shown.map(sample => sample.colour)).size > 3, 'the screen shows several colours');
      assert.deepEqual(
        shown.filter(sample => file.at(sample.x, sample.y) !== sample.colour),
        [],
      );
      assert.deepEqual(readFileSync(picture), before, 'the image is untouched');

      await pressInEditor(editor, 'ControlOrMeta+z');
      await until('undo brings the first granularity back', async () => (await editor.regions()) === first);
      assert.ok(await isDirty(page, 'shapes.png'), 'undoing a saved edit is unsaved');

      const saved = statSync(mask).mtimeMs;
      await until('VS Code has stored a backup of the undone state, and none of another', () => {
        const backups = storedBackups(session);
        return backups.length > 0 && backups.every(backup => fromBackup(backup).view().labels.length === first);
      });
      await reloadWindow(page);
      await editor.finished();
      assert.equal(await editor.regions(), first, 'the unsaved state is back');
      assert.ok(await isDirty(page, 'shapes.png'), 'and still unsaved');
      assert.equal(statSync(mask).mtimeMs, saved);
      await screenshot(page, 'reloaded');
    }));
});

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
      await chooseInExplorer(page, 'batch', 'Segment Images');
      await notification(page, '3 images segmented').waitFor({ timeout: 60_000 });
      await screenshot(page, 'batch');
      for (const seed of [2, 3, 4]) {
        const { width, height } = maskColours(path.join(folder, 'batch', `picture ${seed}.mask.png`));
        assert.deepEqual([width, height], [120, 90]);
        assert.ok(existsSync(path.join(folder, 'batch', `picture ${seed}.mask.json`)));
      }
    }));

  test('several selected images are segmented, the others are not', () =>
    inWindow(session, { settings: keepsSelection }, 'selection', async ({ page, folder }) => {
      const both = await selectionOfTwo(page, 'batch', 'picture 2.png', 'picture 3.png');
      await chooseInExplorer(page, 'picture 3.png', 'Segment Images', both);
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
