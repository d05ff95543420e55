import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { startBrowser } from '../host/browser';
import { against, comparedScene as scene, greyHex, mine, seenInRow, colourOf, sendScene } from './support/scene';
import { EditorPage } from './support/openedPage';
import { assertSound } from './support/pageChecks';
import { dark, highContrast, light } from './support/themes';

const theirs = [2, 2, 3, 3].map(colourOf);
const picture = [greyHex, greyHex, greyHex, greyHex];

for (const canvasOnly of [false, true]) {
  suite(`comparing side by side in the mask editor's page, ${canvasOnly ? 'without' : 'with'} WebGL`, () => {
    let browser: Browser;
    let editor: EditorPage;
    suiteSetup(async () => {
      browser = await startBrowser();
    });
    suiteTeardown(() => browser.close());
    setup(async () => {
      editor = await EditorPage.open(browser, { theme: dark, canvasOnly });
      await sendScene(editor, scene, 1);
      await editor.page.getByLabel('Overlay opacity').fill('100');
    });
    teardown(async () => {
      const { complaints } = editor;
      await editor.close();
      assert.deepEqual(complaints, []);
    });

    const button = (name: string) =>
      editor.page.getByRole('group', { name: 'Layout of the comparison' }).getByRole('switch', { name, exact: true });
    async function sideBySide(view: typeof against | { kind: 'picture' } = against): Promise<void> {
      await editor.send({ type: 'compare', against: view });
      await button('Side by Side').click();
      await editor.drawn();
    }

    const seen = (column?: number) => seenInRow(editor, column);
    const titles = () => editor.page.locator('.column').allInnerTexts();

    test('shows picture, other result and mask in columns, each whole, and the slider again when asked', async () => {
      await sideBySide();
      assert.deepEqual(await titles(), ['Picture', 'truth.png', 'Mask']);
      assert.deepEqual([await seen(0), await seen(1), await seen(2)], [picture, theirs, mine]);
      assert.ok(await editor.page.getByRole('slider', { name: 'Divider of the comparison' }).isHidden());
      await button('Split').click();
      assert.deepEqual(await titles(), []);
      await editor.page.getByRole('slider', { name: 'Divider of the comparison' }).waitFor();
      assert.deepEqual(await editor.posted('edit'), [], 'looking changes nothing');
    });

    test('shows two columns where the picture alone is compared, and one when that ends', async () => {
      await sideBySide({ kind: 'picture' });
      assert.deepEqual(await titles(), ['Picture', 'Mask']);
      assert.deepEqual([await seen(0), await seen(1)], [picture, mine]);
      await editor.send({ type: 'compare', against: null });
      assert.deepEqual(await seen(), mine);
    });

    test('zoom and pan in one column are those of all', async () => {
      await sideBySide();
      const scale = await editor.page.locator('.scale').innerText();
      const at = await editor.place({ x: 150, y: 120 }, scene.regions, 0);
      await editor.page.mouse.move(at.x, at.y);
      for (let notch = 0; notch < 8; notch++) await editor.page.mouse.wheel(0, -100);
      await editor.drawn();
      assert.notEqual(await editor.page.locator('.scale').innerText(), scale);
      // The place under the pointer has stayed, in each column; what was 100 pixels right of it has left.
      const screen = async () => {
        await editor.page.mouse.move(2, 2);
        const colours = await editor.screen();
        return (
          await Promise.all([0, 1, 2].map(column => editor.place({ x: 150, y: 120 }, scene.regions, column)))
        ).map(({ x, y }) => [colours(x - 20, y - 15), colours(x + 40, y)]);
      };
      assert.deepEqual(await screen(), [
        [greyHex, greyHex],
        [theirs[1], theirs[1]],
        [mine[1], mine[1]],
      ]);
      // Panned to the next region but one by the picture's column, which no tool works in.
      await editor.page.mouse.move(at.x, at.y);
      await editor.page.mouse.down();
      await editor.page.mouse.move(at.x - 150, at.y, { steps: 3 });
      await editor.page.mouse.move(at.x - 330, at.y, { steps: 3 });
      await editor.page.mouse.up();
      assert.deepEqual(await screen(), [
        [greyHex, greyHex],
        [theirs[2], theirs[2]],
        [mine[2], mine[2]],
      ]);
      await editor.page.getByRole('button', { name: 'Fit' }).click();
      assert.equal(await editor.page.locator('.scale').innerText(), scale);
    });

    test('marks the pixel under the pointer in every column, and tells it', async () => {
      await sideBySide();
      const pointer = await editor.place({ x: 250, y: 120 }, scene.regions, 1);
      await editor.page.mouse.move(pointer.x, pointer.y);
      await editor.drawn();
      // A pixel of the picture is less than one of the screen: the status line shows which.
      const [x, y] = (await editor.page.locator('.status .place').innerText()).split(', ').map(Number);
      assert.ok(Math.abs(x - 250) <= 1 && Math.abs(y - 120) <= 1, `${x}, ${y}`);
      const crosses = await editor.page.locator('.marks path.light').all();
      const middles = await Promise.all(
        crosses.map(async one => {
          const box = (await one.boundingBox())!;
          return [box.x + box.width / 2, box.y + box.height / 2];
        }),
      );
      const expected = await Promise.all([0, 1, 2].map(column => editor.place({ x, y }, scene.regions, column)));
      assert.equal(middles.length, 3);
      middles.forEach((at, column) => {
        assert.ok(
          Math.hypot(at[0] - expected[column].x, at[1] - expected[column].y) < 1,
          `${at.join()}: ${JSON.stringify(expected[column])}`,
        );
      });
      await editor.page.mouse.move(2, 2);
      assert.ok(await editor.page.locator('.marks').isHidden());
    });

    test("tools work in the mask's column, where the picture's pixels are its own, and nowhere else", async () => {
      await sideBySide();
      await editor.page.getByLabel('Tools').getByRole('radio', { name: 'Brush' }).click();
      const stroke = async (column: number) => {
        const [from, to] = await Promise.all([40, 60].map(x => editor.place({ x, y: 120 }, scene.regions, column)));
        await editor.page.mouse.move(from.x, from.y);
        await editor.page.mouse.down();
        await editor.page.mouse.move(to.x, to.y, { steps: 3 });
        await editor.page.mouse.up();
      };
      await stroke(0);
      await stroke(1);
      assert.deepEqual(await editor.posted('edit'), []);
      await editor.page.getByRole('button', { name: 'Fit' }).click();
      await stroke(2);
      const [edit] = await editor.edits(1);
      assert.ok(edit.kind === 'stroke');
      const { points } = edit;
      assert.ok(
        Math.abs(points[0] - 40.5) < 1 && Math.abs(points[1] - 120.5) < 1 && Math.abs(points.at(-2)! - 60.5) < 1,
        points.join(),
      );
      assert.equal((await editor.posted('edit')).length, 1);
    });

    test('is chosen by keys, and stays chosen after a reload', async () => {
      await editor.send({ type: 'compare', against });
      await editor.page.locator('.stage').focus();
      await editor.page.keyboard.press('c');
      assert.equal((await titles()).length, 3);
      await button('Split').focus();
      await editor.page.keyboard.press('Enter');
      assert.equal((await titles()).length, 0);
      await editor.page.keyboard.press('Tab');
      await editor.page.keyboard.press('Space');
      assert.equal((await titles()).length, 3);
      await editor.drawn();
      const kept = await editor.kept();
      const second = await EditorPage.open(browser, { theme: dark, canvasOnly, kept });
      await sendScene(second, scene, 1);
      await second.send({ type: 'compare', against });
      await second.drawn();
      assert.deepEqual(await second.page.locator('.column').allInnerTexts(), ['Picture', 'truth.png', 'Mask']);
      await second.close();
    });
  });
}

suite('look of a comparison side by side', () => {
  let browser: Browser;
  suiteSetup(async () => {
    browser = await startBrowser();
  });
  suiteTeardown(() => browser.close());

  for (const theme of [dark, light, highContrast]) {
    for (const [width, height] of [
      [1280, 800],
      [700, 500],
    ]) {
      test(`${theme.name}, ${width}×${height}: accessible, nothing cut off`, async () => {
        const editor = await EditorPage.open(browser, { theme, width, height, kept: { compare: 'columns' } });
        await sendScene(editor, scene, 1);
        await editor.send({ type: 'compare', against });
        await editor.page.getByRole('region', { name: 'Comparison' }).getByText('Agreement').waitFor();
        const at = await editor.place({ x: 250, y: 120 }, scene.regions, 1);
        await editor.page.mouse.move(at.x, at.y);
        await editor.drawn();
        await assertSound(editor, `page-columns-${theme.name}-${width}`);
        assert.deepEqual(
          await editor.page.evaluate(() =>
            ['.toolbar', '.comparison', '.columns'].filter(one => {
              const element = document.querySelector(one)!;
              return element.scrollWidth > element.clientWidth;
            }),
          ),
          [],
        );
        await editor.close();
      });
    }
  }
});
