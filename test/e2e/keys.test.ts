import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openExplorerMenu, openPreview } from './support/explorer';
import { maskColours, MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { until } from '../support/until';
import { isDirty, notification, pressInEditor } from './support/workbench';

/** Trains for minutes, so that a key can act in the middle. */
const settings = {
  'labelless.method': 'continuity',
  'labelless.continuity.iterations': 10_000,
  'labelless.continuity.minimumLabels': 2,
};

suite('keybindings', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('segment, stop, compare, draw, export, save elsewhere, train on scribbles, cancel and show results', () =>
    inWindow(session, { settings }, 'keys', async ({ page, folder }) => {
      const at = (name: string) => path.join(folder, name);
      const editor = new MaskEditor(page);
      const dialogue = page.locator('.quick-input-widget');
      await openExplorerMenu(page, 'shapes.png', 'Segment Image'); // the extension's keys are there from now on
      await page.keyboard.press('Escape');
      await openPreview(page, 'shapes.png', editor.frame.locator('img'));
      await page.keyboard.press('Shift+Alt+M');
      await editor.training();
      await pressInEditor(editor, 'Shift+Alt+M');
      await editor.finished();
      await until('what it found by then is an unsaved edit', () => isDirty(page, 'shapes.png'));
      const regions = await editor.regions();
      assert.ok(regions > 1);

      await pressInEditor(editor, 'Shift+Alt+K');
      await page.getByPlaceholder('Compare the mask of shapes.png with').waitFor();
      await screenshot(page, 'keys-compare');
      await page.keyboard.press('Enter'); // the first choice: the picture
      const divider = editor.frame.getByRole('slider', { name: 'Divider of the comparison' });
      await divider.waitFor();
      await pressInEditor(editor, 'Shift+Alt+U');
      await divider.waitFor({ state: 'hidden' });

      await pressInEditor(editor, 'Shift+Alt+P');
      await page.keyboard.press('Shift+G');
      await dialogue.getByText('Save Figure', { exact: true }).waitFor();
      await screenshot(page, 'keys-figure');
      await page.keyboard.press('Enter');
      await notification(page, 'Saved shapes.figure.png').waitFor();
      assert.ok(existsSync(at('shapes.figure.png')));

      await pressInEditor(editor, 'Shift+Alt+P');
      await page.keyboard.press('Shift+E');
      await dialogue.getByText('Export shapes.png', { exact: true }).waitFor();
      await dialogue.locator('.monaco-list-row', { hasText: 'NPY' }).click();
      await screenshot(page, 'keys-export');
      await page.keyboard.press('Enter');
      await notification(page, 'Exported shapes.mask.png, shapes.mask.npy').waitFor();
      assert.ok(existsSync(at('shapes.mask.npy')));
      await until('the tab is clean', async () => !(await isDirty(page, 'shapes.png')));

      await pressInEditor(editor, 'ControlOrMeta+Shift+s');
      await dialogue.getByText('Save Mask As', { exact: true }).waitFor();
      await screenshot(page, 'keys-save-as');
      await dialogue.locator('input').first().fill(at('elsewhere.mask.png'));
      await page.keyboard.press('Enter');
      await until('the mask is saved there', () => existsSync(at('elsewhere.mask.png')));
      assert.deepEqual(maskColours(at('elsewhere.mask.png')).width, 160);
      assert.deepEqual(readFileSync(at('elsewhere.mask.png')), readFileSync(at('shapes.mask.png')));

      await editor.frame.getByRole('radio', { name: 'Scribble', exact: true }).click();
      const { x, y, width, height } = (await editor.stage.boundingBox())!;
      await page.mouse.move(x + width / 2, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + width / 2 + 40, y + height / 2, { steps: 5 });
      await page.mouse.up();
      await until('the stroke is an unsaved edit', () => isDirty(page, 'shapes.png'));
      await pressInEditor(editor, 'Shift+Alt+W'); // a short training of its own, whatever the method of the settings
      await until('the scribble is a label of the mask', async () => (await editor.labels()).includes('Label 1'));
      await editor.finished();
      await screenshot(page, 'keys-scribbles');
      const scribbled = await editor.labels();

      await pressInEditor(editor, 'Shift+Alt+M');
      await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Segment Again' }).click();
      await editor.training();
      await pressInEditor(editor, 'Shift+Alt+X');
      await editor.finished();
      assert.deepEqual(await editor.labels(), scribbled, 'as before the training that was cancelled');

      await pressInEditor(editor, 'Shift+Alt+L');
      await editor.frame.getByText('0 of 1 approved', { exact: true }).waitFor();
      await editor.frame.locator('.card img').waitFor();
      await screenshot(page, 'keys-results');
    }));
});
