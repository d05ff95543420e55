import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(path.resolve('node_modules', 'axe-core', 'axe.min.js'), 'utf8');
declare const window: Window & { axe: { run(context: Document, options: RunOptions): Promise<AxeResults> } };

/** What axe finds wrong with a page: a line each, with the elements. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}
