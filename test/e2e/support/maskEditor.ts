import type { FrameLocator, Page } from 'playwright-core';

/** The mask editor's page, inside the two frames in which VS Code keeps an extension's page. */
export function maskEditor(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}
