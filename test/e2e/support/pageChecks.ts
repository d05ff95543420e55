import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import type { EditorPage } from './openedPage';

const axe = readFileSync(path.resolve('node_modules', 'axe-core', 'axe.min.js'), 'utf8');
declare const window: Window & { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };

/** The accessibility problems that axe finds on a page: a line each, with the elements. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}

/**
 * Saves a screenshot of a page in out/screenshots for people to look at, and asserts that neither the page nor axe has
 * reported a problem.
 */
export async function assertSound(view: EditorPage, screenshot: string): Promise<void> {
  await view.page.screenshot({ path: path.resolve('out', 'screenshots', `${screenshot}.png`) });
  assert.deepEqual(view.complaints, []); // before axe, whose own styles the policy refuses
  assert.deepEqual(await violationsOf(view.page), []);
}
