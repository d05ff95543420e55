import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { maskStatuses } from '../../mask/document/maskStatus';
import { wholeList, type SessionImage } from '../../mask/session/imageList';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light, type Theme } from './support/themes';

const classes = [
  { id: 1, name: 'road', colour: '#804080' },
  { id: 2, name: 'sky', colour: '#4682b4' },
  { id: 3, name: 'car', colour: '#00008e' },
];

/** Images of every status, in turn. */
function images(count: number): SessionImage[] {
  return Array.from({ length: count }, (_, index) => {
    const status = maskStatuses[index % maskStatuses.length];
    return {
      path: `street ${String(index).padStart(5, '0')}.jpg`,
      status,
      labels: status === 'none' ? 0 : index % 30,
      classes: status === 'none' ? [] : [1, 2, 3].slice(0, index % 4),
      uncertainty: status === 'none' ? null : (index % 100) / 100,
      ...(index === 5 && { problem: 'its mask was made of another picture' }),
    };
  });
}

async function opened(browser: Browser, count: number, theme: Theme = dark, width = 300): Promise<EditorPage> {
  const view = await EditorPage.open(browser, { name: 'session', theme, width, height: 700 });
  await view.send({
    type: 'list',
    folder: 'street',
    images: images(count),
    reading: false,
    view: wholeList,
    classes,
    current: 'street 00002.jpg',
  });
  return view;
}

suite('page of a labelling session', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast])
    test(`${theme.name}: accessible, nothing cut off`, async () => {
      const view = await opened(browser, 500, theme);
      await view.page.getByRole('listbox').focus();
      await view.page.keyboard.press('ArrowDown');
      assert.ok(await view.page.evaluate(() => document.body.scrollWidth <= document.documentElement.clientWidth));
      await view.page.getByText('100 of 500 approved').waitFor();
      await assertSound(view, `session-${theme.name}`);
      await view.close();
    });

  test('offers to choose a folder where there is no session', async () => {
    const view = await EditorPage.open(browser, { name: 'session', theme: dark, width: 300 });
    await view.send({ type: 'noSession' });
    await assertSound(view, 'session-welcome');
    await view.page.locator('vscode-button', { hasText: 'Choose a Folder' }).click();
    assert.deepEqual(await view.posted('labelFolder'), [{ type: 'labelFolder' }]);
    await view.close();
  });

  for (const theme of [dark, light, highContrast])
    test(`${theme.name}: tells how far learning is, and what can be asked of it`, async () => {
      const view = await opened(browser, 50, theme);
      const button = (name: string) => view.page.locator('vscode-button', { hasText: name });
      await button('Learn from My Masks').click();
      await view.send({
        type: 'learning',
        learning: { phase: 'training', round: 2, step: 120, steps: 300, paused: false },
      });
      await view.page.getByText('Learning: step 120 of 300').waitFor();
      assert.equal(await view.page.getByRole('progressbar', { name: 'Learning' }).getAttribute('aria-valuenow'), '40');
      assert.ok(!(await button('Learn from My Masks').isVisible()));
      await assertSound(view, `session-learning-${theme.name}`);
      await button('Curves').click();
      await button('Stop').click();
      assert.deepEqual(
        await view.posted('learning'),
        ['learn', 'curves', 'stop'].map(action => ({ type: 'learning', action })),
      );
      await view.send({ type: 'learning', learning: { phase: 'proposing', round: 2, done: 12, count: 40 } });
      await view.page.getByText('Proposed 12 of 40').waitFor();
      assert.ok(!(await button('Curves').isVisible()));
      await view.send({ type: 'learning', learning: { phase: 'none' } });
      await button('Learn from My Masks').waitFor();
      await view.close();
    });

  test('of 20,000 images has few rows, goes anywhere by keyboard, and opens what is chosen', async () => {
    const view = await opened(browser, 20_000);
    const rows = view.page.locator('.row');
    const list = view.page.getByRole('listbox');
    const active = () =>
      list.evaluate(element => document.getElementById(element.getAttribute('aria-activedescendant')!)?.ariaLabel);
    assert.ok((await rows.count()) < 60);
    assert.equal(await view.page.locator('[aria-selected=true]').getAttribute('aria-posinset'), '3');
    await list.focus();
    for (const [key, path] of [
      ['ArrowDown', 'street 00003.jpg, Approved, road, sky, car, Uncertainty 3.0 %'],
      ['End', 'street 19999.jpg, Skipped, road, sky, car, Uncertainty 99 %'],
      ['ArrowUp', 'street 19998.jpg, Approved, road, sky, Uncertainty 98 %'],
      ['Home', 'street 00000.jpg, No mask'],
    ]) {
      await view.page.keyboard.press(key);
      assert.equal(await active(), path);
    }
    await view.page.keyboard.press('PageDown');
    await view.page.keyboard.press('Enter');
    assert.match(JSON.stringify(await view.posted('open')), /^\[\{"type":"open","path":"street 000[12]\d\.jpg"\}\]$/);
    assert.ok((await rows.count()) < 60);
    await view.send({ type: 'current', path: 'street 12345.jpg' });
    const current = view.page.locator('[aria-selected=true]');
    await current.waitFor();
    assert.match((await current.getAttribute('aria-label')) ?? '', /^street 12345\.jpg/);
    await view.close();
  });

  test('shows images as they are found, and goes to the one that the user looks at once it is', async () => {
    const all = images(5000);
    const view = await EditorPage.open(browser, { name: 'session', theme: dark, width: 300, height: 700 });
    const list = { type: 'list', folder: 'street', view: wholeList, classes, current: all[4321].path } as const;
    await view.send({ ...list, images: null, reading: true });
    await view.page.getByText('Reading the folder').waitFor();
    await view.send({ ...list, images: all.slice(0, 250), reading: true });
    await view.page.getByText('50 of 250 approved').waitFor();
    assert.equal(await view.page.locator('.row .name').first().innerText(), all[0].path);
    await view.send({ type: 'more', images: all.slice(250).reverse(), reading: false });
    await view.page.getByText('1,000 of 5,000 approved').waitFor();
    assert.equal(await view.page.locator('[aria-selected=true]').getAttribute('aria-posinset'), '4322');
    assert.equal(await view.page.getByText('Reading the folder').count(), 0);
    await view.close();
  });

  test('filters and orders, tells the host, and shows a change where it is', async () => {
    const view = await opened(browser, 500);
    const names = () => view.page.locator('.row .name').allInnerTexts();
    await view.page.getByRole('button', { name: 'Edited: 100' }).click();
    await view.page.getByText('100 of 500 images').waitFor();
    await view.page.getByLabel('Class').selectOption('car');
    await view.page.getByLabel('Order').selectOption('Most Uncertain');
    await view.page.getByLabel('Filter by name').fill('007');
    assert.deepEqual(await names(), ['street 00007.jpg']);
    assert.deepEqual((await view.posted('listView')).at(-1), {
      type: 'listView',
      view: { text: '007', status: 'edited', class: 3, order: 'uncertainty' },
    });
    const [first] = await names();
    await view.send({ type: 'view', view: { ...wholeList, status: 'edited', text: '007' } });
    assert.equal(await view.page.getByLabel('Class').inputValue(), '');
    assert.equal(await view.page.getByLabel('Order').inputValue(), 'name');
    assert.deepEqual(await names(), ['street 00007.jpg', 'street 00072.jpg', 'street 00077.jpg']);
    await view.send({
      type: 'changed',
      images: [{ path: first, status: 'approved', labels: 3, classes: [1], uncertainty: 0.5 }],
    });
    await view.page.getByText('101 of 500 approved').waitFor();
    assert.equal((await names())[0], first, 'stays in its place until the list is filtered anew');
    assert.match((await view.page.locator('.row').first().getAttribute('aria-label')) ?? '', /Approved, road/);
    await view.send({ type: 'classes', classes: [{ id: 1, name: 'lane', colour: '#a06000' }] });
    await view.page.getByLabel('Class').locator('option', { hasText: 'lane' }).waitFor({ state: 'attached' });
    assert.equal((await names())[0], first);
    assert.match((await view.page.locator('.row').first().getAttribute('aria-label')) ?? '', /Approved, lane/);
    await view.close();
  });
});
