import { inWindow, openSession, screenshot, type Session } from './support/session';
import { maskEditor } from './support/maskEditor';
import { chooseInExplorer } from './support/workbench';

suite('segmenting one image from the Explorer', () => {
  let session: Session;
  suiteSetup(async () => { session = await openSession(); });
  suiteTeardown(() => session.close());

  test('right-click, Segment Image: the mask editor opens on it', () =>
    inWindow(session, {}, 'segment', async ({ page }) => {
      await chooseInExplorer(page, 'shapes.png', 'Segment Image');
      await maskEditor(page).locator('canvas').first().waitFor();
      await screenshot(page, 'segment');
    }));
});
