import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { EditingSession } from './support/editingSession';

for (const canvasOnly of [false, true]) {
  suite(`selecting and editing labels on the page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let on: EditingSession;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      on = await EditingSession.open(browser, canvasOnly);
    });
    teardown(() => on.close());

    test('selects by click, Shift and rectangle, merges, splits, deletes and undoes', async () => {
      await on.click(0);
      await on.click(1, 'Shift');
      await on.click(6, 'Shift');
      assert.equal(await on.editor.page.locator('[aria-selected=true]').count(), 3);
      await on.press('j');
      await on.edited(1);
      assert.equal(on.labels.length, 10);
      await on.agree();
      assert.equal(await on.editor.page.locator('[aria-selected=true]').count(), 1, 'what is merged is selected');
      await on.press('s');
      await on.edited(2);
      assert.equal(on.labels.length, 11, 'the two that touch stay one');
      await on.agree();
      await on.host.undo();
      await on.host.undo();
      assert.equal(on.labels.length, 12);
      await on.agree();
      await on.editor.page.keyboard.down('Shift');
      await on.drag([90, 110], [310, 290]);
      await on.editor.page.keyboard.up('Shift');
      assert.deepEqual((await on.editor.page.locator('[aria-selected=true] .name > .name').allInnerTexts()).sort(), [
        'Region 10',
        'Region 11',
        'Region 6',
        'Region 7',
      ]);
      await on.press('Delete');
      await on.edited(1);
      assert.equal(on.labels.length, 8);
      await on.agree();
    });

    test('divides a label along the hierarchy', async () => {
      await on.editor.page.getByLabel('Granularity', { exact: true }).fill('0');
      await on.edited(1);
      await on.click(5);
      await on.press('f');
      await on.edited(2);
      assert.deepEqual(
        on.labels.map(label => label.area).sort((a, b) => a - b),
        [10000, 110000],
      );
      await on.agree();
    });

    test('gives names by number keys and from the menu, and completes them', async () => {
      await on.editor.send({
        type: 'names',
        names: [
          { name: 'sky', colour: '#87ceeb' },
          { name: 'road', colour: '#444444' },
        ],
      });
      await on.click(0);
      await on.click(3, 'Shift');
      await on.press('1');
      await on.edited(1);
      await on.agree();
      assert.deepEqual(
        on.labels.filter(label => label.name === 'sky').map(label => [label.area, label.colour]),
        [[20000, '#87ceeb']],
      );
      await on.click(7);
      await on.editor.page.getByLabel('Give the selected labels a name').selectOption({ label: '2  road' });
      await on.edited(2);
      assert.ok(on.labels.some(label => label.name === 'road'));
      await on.editor.page.getByRole('grid').focus();
      await on.press('F2');
      assert.equal(await on.editor.page.locator('input.rename').getAttribute('list'), 'label-names');
      assert.deepEqual(
        await on.editor.page
          .locator('#label-names option')
          .evaluateAll(options => options.map(one => (one as HTMLOptionElement).value)),
        ['sky', 'road'],
      );
    });

    test('colours a label from a palette by keyboard, and all labels anew', async () => {
      await on.editor.page.getByRole('grid').focus();
      await on.press('r');
      await on.editor.page.getByRole('dialog', { name: 'Colours' }).waitFor();
      await on.editor.page.screenshot({
        path: path.resolve('out', 'screenshots', `page-colours-${canvasOnly ? 'canvas' : 'webgl'}.png`),
      });
      await on.press('ArrowRight');
      await on.press('Enter');
      await on.edited(1);
      assert.equal(on.labels[0].colour, '#56b4e9');
      await on.agree();
      await on.editor.page.locator('vscode-toolbar-button[label=Palettes]').click();
      await on.editor.page.getByTitle('Colour all labels anew from ‘Muted’').click();
      await on.edited(2);
      await on.agree();
      await on.host.undo();
      await on.agree();
    });

    test('shows labels over the picture, outlines, labels and the picture alone', async () => {
      await on.click(5);
      await on.press('Escape');
      const { x, y } = await on.place(150, 150);
      const seen = async () => {
        await on.editor.page.mouse.move(2, 2);
        return (await on.editor.screen())(x, y);
      };
      const colour = on.labels[5].colour;
      await on.editor.page.getByLabel('Overlay opacity').fill('0');
      assert.equal(await seen(), '#808080');
      await on.press('n');
      assert.equal(await seen(), colour);
      await on.press('m');
      assert.equal(await seen(), '#808080');
      await on.press('m');
      await on.editor.page.getByLabel('Overlay opacity').fill('100');
      await on.editor.page.locator('vscode-toolbar-button[label="Outlines Alone"]').click();
      assert.equal(await seen(), '#808080');
    });

    test('Escape ends a stroke without a trace, then the selection', async () => {
      await on.click(3);
      await on.tool('Brush');
      const { x, y } = await on.place(50, 50);
      await on.editor.page.mouse.move(x, y);
      await on.editor.page.mouse.down();
      await on.editor.page.mouse.move(x + 100, y, { steps: 3 });
      await on.press('Escape');
      await on.editor.page.mouse.up();
      await on.agree();
      assert.equal(on.host.depth, 0);
      await on.editor.page.locator('.stage').focus();
      await on.press('Escape');
      assert.equal(await on.editor.page.locator('[aria-selected=true]').count(), 0);
    });

    test('the list selects a range and all by keyboard', async () => {
      await on.editor.page.getByRole('grid').focus();
      await on.press('ArrowDown');
      await on.press('Shift+ArrowDown');
      await on.press('Shift+ArrowDown');
      assert.equal(await on.editor.page.locator('[aria-selected=true]').count(), 3);
      await on.press('Control+a');
      assert.match(await on.editor.page.locator('.chosen').innerText(), /12 labels selected/);
      await on.press('j');
      await on.edited(1);
      assert.equal(on.labels.length, 1);
    });
  });
}
