import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { wholeList } from '../../mask/session/imageList';
import { startBrowser } from '../host/browser';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { gridScene, maskAt, sendScene } from './support/scene';
import { dark } from './support/themes';

const scene = gridScene(480, 320, 6, 4);
const against = { kind: 'granularity' as const, granularity: 0.25 };
const textsIn = (file: string) =>
  JSON.parse(readFileSync(path.resolve('l10n', file), 'utf8')) as Record<string, string>;
const english = Object.keys(textsIn('bundle.l10n.json'));
/** Texts that show where they are missing. */
const marked = Object.fromEntries(english.map(text => [text, `⟦${text}⟧`]));

/** Everything that is read or read out: texts, names, titles, placeholders. */
function textsOf(editor: EditorPage): Promise<string[]> {
  return editor.page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.parentElement!.closest('script, style')) found.push(node.textContent!);
    }
    for (const one of document.querySelectorAll('*')) {
      for (const attribute of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'label', 'placeholder'])
        found.push(one.getAttribute(attribute) ?? '');
    }
    return found.filter(text => text.trim() !== '');
  });
}

/** The texts with words outside the marks of translated texts. */
function untranslated(texts: readonly string[]): string[] {
  return texts.filter(text => {
    let rest = text;
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
    }
    // Names of labels and colours are the document's; px, IoU and key names are the same everywhere.
    rest = rest.replace(/(?:Region|Label) \d+|mIoU|IoU|\bpx\b|#[0-9a-f]{6}|\((?:Delete|(?:Shift\+)?[A-Z0-9+-])\)/g, '');
    return /[A-Za-z]{3,}/.test(rest);
  });
}

/** Elements whose text does not fit into them. */
function cutOff(editor: EditorPage): Promise<string[]> {
  return editor.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, vscode-button, header *, .options *, .comparison *, .status *')]
      .filter(
        one =>
          one.checkVisibility() &&
          one.childElementCount === 0 &&
          one.textContent.trim() !== '' &&
          one.scrollWidth > one.clientWidth + 1 &&
          getComputedStyle(one).display !== 'inline',
      )
      .map(one => one.textContent),
  );
}

suite('the language of the pages', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const page of ['editor', 'training', 'gallery'] as const) {
    test(`no text of the ${page} page is left untranslated`, async () => {
      const editor = await EditorPage.open(browser, {
        name: page,
        theme: dark,
        language: { tag: 'en', texts: marked },
      });
      if (page === 'editor') {
        await sendScene(editor, scene, 0.5);
        await editor.send({ type: 'compare', against });
        await editor.page.getByRole('button', { name: '⟦Information⟧' }).click();
      } else if (page === 'gallery') {
        const image = { path: '1', status: 'edited', labels: 12, classes: [7], uncertainty: null } as const;
        await editor.send({ type: 'gallery', source: 'session', notice: null });
        const list = { type: 'list', folder: '1', view: wholeList, classes: [], current: null } as const;
        await editor.send({ ...list, images: [image], reading: true });
      } else
        await editor.send({
          type: 'contents',
          run: { folder: '/r', name: '1', state: 'running', step: 1, steps: 9, mIoU: 0.5, secondsLeft: 95 },
          classes: [],
          points: [],
        });
      await editor.drawn();
      const texts = await textsOf(editor);
      assert.ok(texts.filter(text => text.includes('⟦')).length >= (page === 'editor' ? 60 : 5), texts.join('\n'));
      assert.deepEqual(untranslated(texts), []);
      await editor.close();
    });
  }

  test('no hint, progress, text box or announcement of the editor page is left untranslated', async () => {
    const editor = await EditorPage.open(browser, { theme: dark, language: { tag: 'en', texts: marked } });
    const mask = maskAt(scene, 0.5);
    const locked = { ...mask, labels: mask.labels.map(label => ({ ...label, locked: true })) };
    const middle = async () => {
      const { x, y, width, height } = (await editor.page.locator('.stage').boundingBox())!;
      return [x + width / 2, y + height / 2] as const;
    };
    const hintOf = async (name: string) => {
      await editor.page.locator('.hint').waitFor({ state: 'visible' });
      const texts = await textsOf(editor);
      assert.deepEqual(untranslated(texts), [], name);
      assert.ok((await editor.page.locator('.hint').innerText()).includes('⟦'), name);
    };
    await sendScene(editor, scene, 0.5);
    await editor.send({ type: 'act', action: 'labels.merge' });
    await hintOf('merging without a selection');
    await editor.send({ type: 'mask', mask: locked });
    await editor.page.locator('.row .name').first().click();
    await editor.send({ type: 'act', action: 'tool.brush' });
    await editor.page.mouse.click(...(await middle()));
    await hintOf('painting into a locked label');
    await editor.send({ type: 'mask', mask });
    await editor.send({ type: 'hierarchy', hierarchy: null });
    await editor.send({ type: 'act', action: 'tool.object' });
    await hintOf('taking objects without a hierarchy');
    const header = {
      kind: 'jpeg',
      width: 480,
      height: 320,
      channels: 3,
      depth: 8,
      pages: 2,
      size: 900,
      orientation: 6,
    };
    await editor.send({ type: 'info', bytes: 900, header });
    await editor.page.getByRole('button', { name: '⟦Information⟧' }).click();
    await editor.page.keyboard.press('Escape');
    await editor.send({ type: 'act', action: 'labels.recolourAll' });
    await editor.page.keyboard.press('Escape');
    await editor.page.locator('.row .name').first().click();
    await editor.send({ type: 'act', action: 'labels.rename' });
    await editor.page.locator('input.rename').waitFor();
    const progress = { state: 'running', iteration: 3, iterations: 14, labels: 8, regions: 8, loss: 0.4 } as const;
    await editor.send({ type: 'segmentation', progress });
    await editor.page.locator('.run .text').waitFor();
    assert.deepEqual(untranslated(await textsOf(editor)), [], 'a segmentation that runs');
    await editor.send({ type: 'segmentation', progress: null });
    await editor.page.locator('[aria-live]', { hasText: '⟦' }).waitFor({ state: 'attached' });
    for (const action of ['tool.scribble', 'tool.polygon', 'tool.fill', 'tool.pick', 'tool.select'] as const) {
      await editor.send({ type: 'act', action });
      await editor.drawn();
      assert.deepEqual(untranslated(await textsOf(editor)), [], action);
    }
    await editor.close();
  });

  for (const tag of ['de', 'ja']) {
    for (const width of [1280, 900]) {
      test(`the mask editor in ${tag}, ${width} wide: accessible, nothing cut off`, async () => {
        const texts = textsIn(`bundle.l10n.${tag}.json`);
        const editor = await EditorPage.open(browser, { theme: dark, width, language: { tag, texts } });
        await sendScene(editor, scene, 0.5);
        await editor.send({ type: 'compare', against });
        await editor.page.locator('.comparison output', { hasText: 'mIoU' }).waitFor();
        await editor.page.getByRole('radio', { name: texts.Brush, exact: true }).click();
        await editor.drawn();
        assert.equal(await editor.page.evaluate(() => document.documentElement.lang), tag);
        assert.deepEqual(await cutOff(editor), []);
        assert.ok(
          await editor.page.evaluate(
            () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
          ),
          'nothing hangs over the side',
        );
        await assertSound(editor, `page-${tag}-${width}`);
        await editor.close();
      });
    }
  }

  test('German has its plurals and its decimal comma, Japanese one form for all numbers', async () => {
    for (const [tag, one, many, share] of [
      ['de', '1 Label', '24 Labels', '4,2 %'],
      ['ja', '1 個のラベル', '24 個のラベル', '4.2%'],
    ] as const) {
      const editor = await EditorPage.open(browser, {
        theme: dark,
        language: { tag, texts: textsIn(`bundle.l10n.${tag}.json`) },
      });
      await sendScene(editor, scene, 1);
      assert.equal(await editor.page.locator('.side h2').innerText(), many);
      assert.equal(await editor.page.locator('.row .area').first().innerText(), share);
      await sendScene(editor, gridScene(40, 40, 1, 1), 1);
      assert.equal(await editor.page.locator('.side h2').innerText(), one);
      await editor.close();
    }
  });

  test('texts that are none leave the page in English', async () => {
    const editor = await EditorPage.open(browser, {
      theme: dark,
      language: { tag: 'de', texts: { Granularity: 7 } as never },
    });
    await sendScene(editor, scene, 1);
    assert.ok(await editor.page.getByRole('slider', { name: 'Granularity', exact: true }).isVisible());
    await editor.close();
  });
});
