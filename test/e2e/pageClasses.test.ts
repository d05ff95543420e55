import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ClassList } from '../../mask/classes/classList';
import { startBrowser } from '../host/browser';
import { EditingSession } from './support/editingSession';
import { assertSound } from './support/pageChecks';
import { until } from '../support/until';
import { dark, highContrast, light } from './support/themes';

const street = new ClassList([
  { id: 0, name: 'background', colour: '#000000', background: true },
  { id: 7, name: 'road', colour: '#804080', key: 'r' },
  { id: 26, name: 'car', colour: '#00008e', key: 'c' },
  { id: 27, name: 'cargo bike', colour: '#775511' },
  { id: 11, name: 'building', colour: '#464646', key: '3' },
]);

suite('classes on the page', () => {
  let browser: Browser;
  let on: EditingSession;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());
  setup(async () => {
    on = await EditingSession.open(browser, false);
    on.host.setClassFile({ file: '/photos/labelless.classes.json', list: street });
    await on.editor.page.getByRole('option', { name: 'road' }).waitFor();
  });
  teardown(() => on.close());

  const classesOf = () =>
    on.labels.flatMap(label => (label.class === undefined ? [] : [`${label.class} ${label.name}`]));

  test('a label takes a class by click, by key and by typing, as an edit that can be undone', async () => {
    await on.click(0);
    await on.editor.page.getByRole('option', { name: 'road' }).click();
    await on.edited(1);
    await on.click(1);
    await on.click(2, 'Shift');
    await on.press('c');
    await on.edited(2);
    assert.deepEqual(classesOf(), ['7 road', '26 car', '26 car'], 'labels of a class stay apart');
    await on.agree();
    await on.click(3);
    await on.press('t');
    await on.editor.page.keyboard.type('car');
    await on.press('ArrowDown');
    await on.press('Enter');
    await on.edited(3);
    assert.deepEqual(classesOf(), ['7 road', '26 car', '26 car', '27 cargo bike']);
    assert.ok(await on.editor.page.locator('.stage').evaluate(stage => stage === document.activeElement));
    await on.click(0);
    await on.editor.page.getByRole('option', { name: 'No class' }).click();
    await on.edited(4);
    assert.deepEqual(classesOf(), ['26 car', '26 car', '27 cargo bike']);
    await on.host.undo();
    assert.deepEqual(classesOf(), ['7 road', '26 car', '26 car', '27 cargo bike']);
  });

  test('a class has a menu of VS Code, by the right button and by the menu key', async () => {
    const { page } = on.editor;
    const menu = async () =>
      JSON.parse((await page.locator('.classes').getAttribute('data-vscode-context')) ?? '') as unknown;
    await page.getByRole('option', { name: 'road' }).click({ button: 'right' });
    assert.deepEqual(await menu(), { labellessClass: 7, labellessBackground: false, labellessClasses: 5 });
    await page.getByRole('option', { name: 'No class' }).click({ button: 'right' });
    assert.deepEqual(await menu(), {});
    assert.deepEqual(classesOf(), [], 'the right button gives no class');
    await page.getByRole('listbox', { name: 'Classes' }).focus();
    await on.press('ArrowRight');
    await on.press('Shift+F10');
    assert.deepEqual(await menu(), { labellessClass: 0, labellessBackground: true, labellessClasses: 5 });
    await page.getByRole('combobox').fill('cargo');
    await on.press('ContextMenu');
    assert.deepEqual(await menu(), { labellessClass: 27, labellessBackground: false, labellessClasses: 5 });
  });

  test('painting without a selection makes labels of the current class', async () => {
    await on.press('Escape');
    await on.press('r');
    await on.tool('Brush');
    await on.drag([50, 150], [350, 150]);
    await on.edited(1);
    assert.deepEqual(classesOf(), ['7 road']);
    await on.agree();
  });

  test('the list tells which labels have no class, and the picture shows them alone', async () => {
    const { page } = on.editor;
    await on.click(0);
    await on.press('r');
    await on.edited(1);
    await on.press('Escape');
    await until('one label has a class', async () => (await page.locator('.row .note:visible').count()) === 11);
    await on.press('y');
    const [classified, other] = [await on.place(50, 50), await on.place(150, 50)];
    await page.mouse.move(2, 2);
    const screen = await on.editor.screen();
    assert.equal(screen(classified.x, classified.y), '#808080');
    assert.notEqual(screen(other.x, other.y), '#808080');
  });

  test('a broken file is named, with the classes as they were; an id that it lacks too', async () => {
    const { page } = on.editor;
    await on.click(0);
    await on.press('r');
    await on.edited(1);
    on.host.setClassFile({ file: '/photos/labelless.classes.json', problem: 'classes[1].id: it is no number' });
    await page.getByText('labelless.classes.json: classes[1].id: it is no number').waitFor();
    assert.equal(await page.getByRole('option').count(), 6);
    await page.getByRole('button', { name: 'Open File' }).click();
    assert.equal((await on.editor.posted('openClassFile')).length, 1);
    on.host.setClassFile({ file: '/photos/labelless.classes.json', list: new ClassList([]) });
    await page.getByText('Class 7 (not in labelless.classes.json)').waitFor();
    on.host.setClassFile(undefined);
    await page.locator('vscode-toolbar-button[label="New Class List"]').click();
    assert.equal((await on.editor.posted('newClassList')).length, 1);
  });
});

suite('look of the class bar', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast])
    test(`${theme.name}: accessible, with the matches while typing`, async () => {
      const on = await EditingSession.open(browser, false, { theme, width: 900 });
      on.host.setClassFile({ file: '/photos/labelless.classes.json', list: street });
      await on.click(0);
      await on.press('r');
      await on.edited(1);
      await on.editor.page.screenshot({ path: path.resolve('out', 'screenshots', `page-classes-${theme.name}.png`) });
      await on.click(1);
      await on.press('t');
      await on.editor.page.keyboard.type('car');
      await assertSound(on.editor, `page-classes-typing-${theme.name}`);
      await on.editor.close();
    });
});
