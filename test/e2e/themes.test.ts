import assert from 'node:assert/strict';
import { MaskEditor } from './support/maskEditor';
import { inWindow, openSession, screenshot, type Session } from './support/session';
import { chooseInExplorer } from './support/workbench';

const themes = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Default High Contrast' };
const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

suite('the whole window in each kind of theme', () => {
  let session: Session;
  suiteSetup(async () => {
    session = await openSession();
  });
  suiteTeardown(() => session.close());

  for (const [name, theme] of Object.entries(themes)) {
    test(`${name}: the picture and all controls are in sight at both sizes`, () =>
      inWindow(session, { settings: { 'workbench.colorTheme': theme } }, name, async ({ page }) => {
        await chooseInExplorer(page, 'shapes.png', 'Segment Image');
        const editor = new MaskEditor(page);
        await editor.finished();
        assert.match((await editor.frame.locator('body').getAttribute('class')) ?? '', new RegExp(`vscode-${name}`));
        for (const size of sizes) {
          await page.setViewportSize(size);
          await page.waitForTimeout(500);
          await screenshot(page, `window-${name}-${size.width}`);
          for (const control of [editor.stage, editor.granularity, editor.button('Segment Again')]) {
            const box = await control.boundingBox();
            assert.ok(
              box && box.width > 20 && box.x >= 0 && box.x + box.width <= size.width,
              `out of sight: ${JSON.stringify(box)}`,
            );
          }
        }
      }));
  }
});
