import assert from 'node:assert/strict';
import path from 'node:path';
import { violationsOf } from './accessibility';
import type { EditorPage } from './editorPage';

/**
 * Keeps a picture of a page in out/screenshots for a person to look at. The page has complained of nothing, nor does
 * axe of the page.
 */
export async function assertSound(view: EditorPage, screenshot: string): Promise<void> {
  await view.page.screenshot({ path: path.resolve('out', 'screenshots', `${screenshot}.png`) });
  assert.deepEqual(view.complaints, []); // before axe, whose own styles the policy refuses
  assert.deepEqual(await violationsOf(view.page), []);
}
