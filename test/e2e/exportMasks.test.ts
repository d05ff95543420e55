import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCoco } from '../../mask/formats/readCoco';
import { chooseInExplorer, chooseInSubmenu, explorerRow, keepsSelection, selectionOfTwo } from './support/explorer';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { until } from '../support/until';
import { answerFileDialogue, clickUntil, isDirty, notification, searchCommands } from './support/workbench';

suite('exporting masks from the Explorer', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('a selection becomes one COCO file in a chosen folder, which is imported again; without masks there is nothing to export', () =>
    inWindow(
      session,
      {
        settings: keepsSelection,
        prepare: folder => {
          mkdirSync(path.join(folder, 'data set'));
        },
      },
      'export-masks',
      async ({ page, folder }) => {
        const dialogue = page.locator('.quick-input-widget');
        const chooseCoco = () =>
          clickUntil(
            dialogue.locator('.monaco-list-row', { hasText: 'COCO' }),
            dialogue.getByRole('button', { name: 'Export Here' }),
            'visible',
          );
        const both = await selectionOfTwo(page, 'batch', 'picture 2.png', 'picture 3.png');
        await chooseInExplorer(page, 'picture 3.png', 'Segment Images', both);
        await notification(page, '2 images segmented').waitFor({ timeout: 60_000 });

        await chooseInSubmenu(page, 'picture 3.png', 'Export Masks…', both);
        await dialogue.getByText('Export 2 Masks', { exact: true }).waitFor();
        await screenshot(page, 'export-formats');
        await chooseCoco();
        await screenshot(page, 'export-folder');
        await answerFileDialogue(page, `${path.join(folder, 'data set')}/`, 'Export Here');
        await notification(page, 'Exported 2 of 2 masks into data set').waitFor();
        await screenshot(page, 'exported');
        const file = path.join(folder, 'data set', 'labelless.coco.json');
        const imagesIn = () => [...readCoco(JSON.parse(readFileSync(file, 'utf8'))).parts.keys()];
        assert.deepEqual(imagesIn(), ['picture 2.png', 'picture 3.png']);

        await explorerRow(page, 'picture 2.png').click();
        const exportSecond = async () => {
          await chooseInSubmenu(page, 'picture 2.png', 'Export Masks…');
          await chooseCoco();
          await answerFileDialogue(page, `${path.join(folder, 'data set')}/`, 'Export Here');
          await question.getByText('labelless.coco.json is there already').waitFor();
        };
        const question = page.locator('.monaco-dialog-box');
        await exportSecond();
        await screenshot(page, 'export-replace');
        await question.getByRole('button', { name: 'Cancel' }).click();
        assert.equal(imagesIn().length, 2, 'what is there stays');
        await exportSecond();
        await question.getByRole('button', { name: 'Replace' }).click();
        await notification(page, 'Exported 1 of 1 masks into data set').waitFor();
        assert.equal(imagesIn().length, 1);

        await chooseInSubmenu(page, 'picture 4.png', 'Export Masks…');
        await notification(page, 'There is nothing to export: picture 4.png has no saved mask').waitFor();
        assert.ok(!existsSync(path.join(folder, 'batch', 'picture 4.mask.png')));

        await chooseInSubmenu(page, 'picture 2.png', 'Open in Mask Editor');
        const editor = new MaskEditor(page);
        await editor.finished();
        const [regions, labels] = [await editor.regions(), await editor.labels()];
        await editor.granularity.fill('0.95');
        await until('the mask is another', async () => (await editor.regions()) !== regions);
        await (await searchCommands(page, 'Import Labels')).filter({ hasText: 'Import Labels' }).first().click();
        await dialogue.getByText('Import Labels', { exact: true }).waitFor();
        await answerFileDialogue(page, file, 'OK');
        await until('the exported labels are back', async () => (await editor.regions()) === regions);
        assert.deepEqual((await editor.labels()).sort(), labels.sort());
        assert.ok(await isDirty(page, 'picture 2.png'), 'an import is an edit');
        await screenshot(page, 'imported');
      },
    ));
});
