import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { pageActions, type PageAction } from '../../protocol/pageActions';
import { startBrowser } from '../host/browser';
import { EditingSession, middle } from './support/editingSession';
import { isOn } from './support/maskEditor';
import { until } from '../support/until';

suite('what VS Code’s commands do on the page', () => {
  let browser: Browser;
  let on: EditingSession;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());
  setup(async () => {
    on = await EditingSession.open(browser, true);
  });
  teardown(() => on.close());

  const act = (action: PageAction): Promise<void> => on.editor.send({ type: 'act', action });
  const hint = () => on.editor.page.locator('.hint');
  const checked = (name: string): Promise<boolean> =>
    on.editor.page.getByRole('radio', { name, exact: true }).isChecked();
  const pressed = (label: string): Promise<boolean> =>
    isOn(on.editor.page.locator(`vscode-toolbar-button[label="${label}"]`));

  test('each does something or says why not, with labels selected and without', async () => {
    for (const select of ['labels.deselect', 'labels.selectAll'] as const) {
      for (const action of pageActions) {
        await act(select);
        await act(action);
        await on.editor.page.keyboard.press('Escape');
      }
    }
  });

  test('tools, their size, and what they paint', async () => {
    for (const [action, name] of [
      ['tool.brush', 'Brush'],
      ['tool.polygon', 'Polygon'],
      ['tool.object', 'Object'],
      ['tool.select', 'Select'],
    ] as const) {
      await act(action);
      assert.ok(await checked(name), name);
    }
    await on.click(0);
    await act('labels.new');
    assert.ok(await checked('Brush'), 'the brush is taken to paint with');
    assert.equal(await on.editor.page.getByLabel('Paint into').inputValue(), 'new');
    const size = on.editor.page.getByLabel('Brush size');
    const before = Number(await size.inputValue());
    await act('tool.larger');
    assert.ok(Number(await size.inputValue()) > before);
  });

  test('edits of the selected labels, or a word on what is missing, which passes', async () => {
    await act('labels.merge');
    await hint().getByText('Select two labels or more').waitFor();
    await on.click(0);
    await act('labels.selectAll');
    await act('labels.merge');
    await on.edited(1);
    assert.equal(on.labels.length, 1);
    await hint().waitFor({ state: 'hidden' });
    await act('labels.lock');
    await until('it is locked', () => on.labels[0].locked);
    await on.editor.page.getByTitle('Unlock').waitFor(); // a change that comes later clears the hint
    await act('labels.deselect');
    await act('labels.rename');
    await hint().getByText('Select a label first').waitFor();
    await on.editor.page.screenshot({ path: path.resolve('out', 'screenshots', 'page-hint.png') });
    await act('view.fit');
    await hint().waitFor({ state: 'hidden' });
  });

  test('a name is typed in the list, which comes into sight, through its filter', async () => {
    await on.click(5);
    const name = on.labels.find(({ value }) => value === on.valueAt(middle(5).x, middle(5).y))!.name;
    await act('labels.find');
    await on.editor.page.keyboard.type('nothing has this');
    await act('view.list');
    assert.ok(await on.editor.page.locator('.side').isHidden());
    await act('labels.rename');
    assert.equal(await on.editor.page.getByLabel('Label name').inputValue(), name);
    await on.editor.page.keyboard.type('shed');
    await on.editor.page.keyboard.press('Enter');
    await until('it is called so', () => on.labels.some(label => label.name === 'shed'));
  });

  test('looks', async () => {
    await act('view.picture');
    assert.ok(await pressed('Picture Alone'));
    await act('view.picture');
    assert.ok(await pressed('Labels over the Picture'), 'a second time goes back');
    await act('view.outlines');
    assert.ok(!(await pressed('Outlines')));
    await act('view.lessOpaque');
    assert.equal(await on.editor.page.getByLabel('Overlay opacity').inputValue(), '90');
    await on.click(3);
    await act('labels.isolate');
    assert.ok(await on.editor.page.getByRole('button', { name: 'Show All Labels' }).isVisible());
    await act('labels.showAll');
    assert.ok(await on.editor.page.getByRole('button', { name: 'Show All Labels' }).isHidden());
  });

  test('single keys can be turned off; the key after the prefix is VS Code’s, in a text box too', async () => {
    await on.editor.page.keyboard.press('Shift+Alt+P');
    await on.press('b');
    assert.ok(await checked('Select'), 'VS Code answers with the command');
    await on.press('b');
    assert.ok(await checked('Brush'));
    await act('labels.find');
    await on.editor.page.keyboard.press('Shift+Alt+P');
    await on.editor.page.keyboard.type('eg');
    assert.equal(
      await on.editor.page
        .locator('vscode-textfield')
        .evaluate((field: HTMLElement & { value: string }) => field.value),
      'g',
    );
    await on.editor.page.locator('.stage').focus();
    await on.editor.send({ type: 'keys', single: false });
    await on.press('e');
    assert.ok(await checked('Brush'));
    await on.click(2);
    await on.press('Delete');
    await on.edited(1);
    await on.editor.send({ type: 'keys', single: true });
    await on.press('e');
    assert.ok(await checked('Eraser'));
  });

  test('a right-click selects what is under it, unless that is selected, and tells VS Code’s menu how many are', async () => {
    const context = async (): Promise<unknown> =>
      JSON.parse((await on.editor.page.locator('.stage').getAttribute('data-vscode-context')) ?? '{}');
    const rightClick = async (region: number): Promise<void> => {
      const { x, y } = await on.place(middle(region).x, middle(region).y);
      await on.editor.page.mouse.click(x, y, { button: 'right' });
    };
    await on.click(0);
    await on.click(1, 'Shift');
    await rightClick(1);
    assert.deepEqual(await context(), { webviewSection: 'labels', labellessSelected: 2 });
    await rightClick(7);
    assert.deepEqual(await context(), { webviewSection: 'labels', labellessSelected: 1 });
    assert.equal(await on.editor.page.locator('[aria-selected=true]').count(), 1);
    const selected = () => on.editor.page.locator('[aria-selected=true]').allInnerTexts();
    const before = await selected();
    for (const key of ['Shift+F10', 'ContextMenu']) {
      await on.press(key);
      assert.deepEqual(await selected(), before, 'the menu key is for what is selected');
    }
    const box = (await on.editor.page.locator('.stage').boundingBox())!;
    await on.editor.page.mouse.click(box.x + 3, box.y + 3, { button: 'right' });
    assert.deepEqual(await context(), { webviewSection: 'picture', labellessSelected: 1 });
    await on.editor.page.locator('.side [role=row]').nth(2).click({ button: 'right' });
    assert.deepEqual(JSON.parse((await on.editor.page.locator('.grid').getAttribute('data-vscode-context')) ?? ''), {
      webviewSection: 'labels',
      labellessSelected: 1,
    });
  });
});
