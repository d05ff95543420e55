import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classScores, countPixels, emptyConfusion } from '../../server/src/engine/metrics/confusion';
import { openMask } from '../../mask/files/maskFiles';
import { until } from '../support/until';
import { chooseInExplorer } from './support/explorer';
import { classAt, ground, height, Labelling, makeStreet, nameOf, width } from './support/labelling';
import { inWindow, openSession, screenshot, type Session } from './support/vscodeSession';
import { notification, runCommand } from './support/workbench';

const [pictures, labelled] = [9, 4];

const fileOf = (folder: string, index: number, ending: string) =>
  path.join(folder, 'street', nameOf(index).replace('.png', `.mask.${ending}`));

/** The status of the mask of a picture; its two files are put into place one after the other. */
function statusOf(folder: string, index: number): string {
  if (!existsSync(fileOf(folder, index, 'png')) || !existsSync(fileOf(folder, index, 'json'))) return 'none';
  return (JSON.parse(readFileSync(fileOf(folder, index, 'json'), 'utf8')) as { status: string }).status;
}

/** The mean IoU of the masks of some pictures with the classes that these were drawn of. */
function meanIoU(folder: string, indices: readonly number[]): number {
  const confusion = emptyConfusion(3);
  for (const index of indices) {
    const [png, json] = ['png', 'json'].map(ending => readFileSync(fileOf(folder, index, ending)));
    const { document } = openMask(png, json);
    const classOf = new Map(document.view().labels.map(label => [label.value, label.class]));
    const truth = Uint8Array.from({ length: width * height }, (_, pixel) => classAt(pixel, index) - 1);
    countPixels(
      confusion,
      truth,
      Uint8Array.from(document.labelMap(), value => (classOf.get(value) ?? 1) - 1),
    );
  }
  return classScores(confusion).mIoU;
}

suite('learning from a few masks', function () {
  this.timeout(600_000);
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  test('four pictures labelled, the rest proposed, one corrected, one approved, the round undone, exported', () => {
    const prepare = (folder: string) => {
      makeStreet(folder, pictures);
    };
    return inWindow(session, { width: 1440, height: 900, prepare }, 'learning', async ({ page, folder }) => {
      const labelling = new Labelling(page);
      const { editor, list } = labelling;
      await chooseInExplorer(page, 'street', 'Label This Folder');
      await page.locator('.tab.active', { hasText: nameOf(0) }).waitFor({ timeout: 60_000 });
      await editor.finished();
      await labelling.makeClasses();
      for (let index = 0; index < labelled; index++) {
        await labelling.at(index);
        await labelling.labelWithMouse(index);
        await labelling.approve();
        await list.getByText(`${index + 1} of ${pictures} approved`).waitFor();
      }

      await labelling.at(labelled);
      const started = Date.now();
      await list.getByText('Learn from My Masks').click();
      await list.getByText(/^Learning: step \d+ of \d+$/).waitFor({ timeout: 60_000 });
      await screenshot(page, 'learning-begun');
      // The first network proposes while the training goes on; then it has learned enough of such pictures.
      await until('the first proposal', () => statusOf(folder, labelled + 1) === 'proposed', 240_000);
      console.log(`  the first proposal after ${((Date.now() - started) / 1000).toFixed(0)} s`);
      await list.getByText('Stop', { exact: true }).click();
      const rest = Array.from({ length: pictures - labelled - 1 }, (_, index) => labelled + 1 + index);
      await until('all are proposed', () => rest.every(index => statusOf(folder, index) === 'proposed'), 120_000);
      await list.getByText('Learn from My Masks').waitFor();
      const mIoU = meanIoU(folder, rest);
      assert.ok(mIoU > 0.9, `mIoU ${mIoU}`);

      // The picture in sight has a proposal too; one label of it is given another class, and it is approved.
      await until('its labels are of the network', async () =>
        (await editor.labels()).some(label => label.startsWith('sky')),
      );
      await labelling.click(ground);
      await labelling.give('sky');
      await labelling.click(ground);
      await labelling.give('ground');
      await labelling.approve();
      await labelling.at(labelled + 1, 3);
      await screenshot(page, 'learning-proposed');
      await labelling.approve();
      await list.getByText(`${labelled + 2} of ${pictures} approved`).waitFor();
      await runCommand(labelling.page, 'Labelless: Undo Round of Learning');
      await notification(page, 'Round 1 is undone').waitFor();
      const untouched = rest.slice(2);
      await until('the rest is as before', () => untouched.every(index => statusOf(folder, index) === 'none'));
      assert.deepEqual([statusOf(folder, labelled), statusOf(folder, labelled + 1)], ['approved', 'approved']);
      await labelling.exportCoco(folder, labelled + 2);
      assert.ok(meanIoU(folder, [labelled, labelled + 1]) > 0.9);
    });
  });
});
